# Identity: a token of the development issuer, which production refuses to start with.
.PHONY: token

token: setup ## Print a token for development: make token ARGS="--subject alice"
	@$(BIN)/python -m $(PACKAGE) token $(ARGS)
