"""One file that holds everything: knowledge, accounts and keys; written, and read back."""
