"""How good searches and answers are: measured on questions whose answers people have marked."""
