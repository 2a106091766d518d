"""The rule language and the engines that draw conclusions."""
