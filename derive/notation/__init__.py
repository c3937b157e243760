"""What is on the page: the notation tree, its LaTeX reader and its LaTeX printer."""
