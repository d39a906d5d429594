"""What is printed: blocks of text with the facts they state, before any format."""
