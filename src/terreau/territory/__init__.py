"""What is animated: a territory, its perimeter, themes, scales and team roles."""
