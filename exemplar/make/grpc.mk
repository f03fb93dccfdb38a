# gRPC: the stubs are made from proto/, which is the contract.
.PHONY: proto lint-proto call

proto: setup ## Make the gRPC stubs from proto/
	@$(BIN)/python -m grpc_tools.protoc --proto_path=proto --python_out=src --grpc_python_out=src \
		--mypy_out=src --mypy_grpc_out=src $$(find proto -name '*.proto' | sort)

lint: lint-proto

lint-proto: setup
	@$(BIN)/buf lint
	@$(BIN)/buf format --diff --exit-code
