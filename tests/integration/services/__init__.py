"""What the use cases promise to a learner, on both databases."""
