# gRPC: proto/ is the contract, and the stubs in src/ are made from it.
.PHONY: proto lint-proto

# The stubs of every file in proto/, made below the folder $(1).
STUBS = PATH="$(CURDIR)/$(BIN):$$PATH" python -m grpc_tools.protoc --proto_path=proto --python_out=$(1) --grpc_python_out=$(1) \
	--mypy_out=quiet:$(1) --mypy_grpc_out=quiet,only_async:$(1) $$(find proto -name '*.proto' | sort)

proto: setup ## Make the gRPC stubs from proto/
	@$(call STUBS,src)

lint: lint-proto

lint-proto: setup
	@$(BIN)/buf lint
	@$(BIN)/buf format --diff --exit-code
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && $(call STUBS,"$$made") \
		&& diff -r --exclude=__init__.py --exclude=__pycache__ "$$made/$(PACKAGE)/v1" src/$(PACKAGE)/v1 \
		|| { echo "The stubs are not what proto/ describes: make proto" >&2; exit 1; }

# DATA and TOKEN are read from the environment, where make puts them, so that no quote in them matters here.
call: setup ## Call a gRPC method: make call METHOD=package.Service/Method DATA='{}' (no METHOD lists them)
	@$(BIN)/python -m $(PACKAGE).entrypoints.grpc.call "$${TARGET:-localhost:$${GRPC_PORT:-50051}}" "$$METHOD" "$${DATA:-{\}}" \
		--token "$${TOKEN-$$($(DEVELOPMENT_TOKEN))}"
