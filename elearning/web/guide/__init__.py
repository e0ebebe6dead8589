"""Pages to hold on to: reporting, facts, lines, the pocket card, the practice hour, words."""
