# PostgreSQL: migrations are SQL and are linted as SQL.
.PHONY: migrate lint-migrations

migrate: setup ## Bring the database to the newest migration
	@$(BIN)/python -m $(PACKAGE) migrate $(ARGS)

lint: lint-migrations

# migrations/env.py bounds the wait for locks; the text field left out is that of Alembic's own table.
lint-migrations: setup
	@sql=$$($(BIN)/alembic upgrade head --sql) && printf '%s\n' "$$sql" | $(BIN)/squawk --stdin-filepath=migrations.sql \
		--exclude=require-lock-timeout,require-statement-timeout,prefer-text-field
