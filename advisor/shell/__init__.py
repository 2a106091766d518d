"""The shell around the pure core: what each command does with clock, disk, environment and terminal."""
