"""What answers: pages for people, feeds for harvesters."""
