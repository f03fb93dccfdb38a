# Evaluation: how well searches find and answers say what people have marked in evaluation/questions.toml.
.PHONY: evaluate

evaluate: setup ## Measure searches and answers: make evaluate ARGS="--documents DIR --questions FILE", ARGS=propose, ARGS=tune
	@$(BIN)/python -m $(PACKAGE).entrypoints.evaluation $(ARGS)
