# Identity: tokens of the development issuer, which production refuses to start with.
.PHONY: token

DEVELOPMENT_TOKEN = $(BIN)/python -m $(PACKAGE) token

token: setup ## Print a token for development: make token ARGS="--subject alice"
	@$(DEVELOPMENT_TOKEN) $(ARGS)
