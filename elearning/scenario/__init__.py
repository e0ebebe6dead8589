"""The scenario engine: model, parser, play, score and checks, on plain values only."""
