"""What is kept about a person: told as a file and a page, erased, and thrown away in time."""
