# PostgreSQL: migrations are SQL and are linted as SQL.
.PHONY: migrate lint-migrations

migrate: setup ## Bring the database to the newest migration
	@$(BIN)/python -m $(PACKAGE) migrate $(ARGS)
