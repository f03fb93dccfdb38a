"""Documents and their indexes: text, words and vectors of a document in one transaction."""
