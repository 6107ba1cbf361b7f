"""For those who change the handbook: the verbs that write files for them, and that tell what changed."""
