"""The claims of the chapter on vanishing gradients, C08 to C15."""
