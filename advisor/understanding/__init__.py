"""From what someone typed to an answer, a command, or the few answers that may have been meant."""
