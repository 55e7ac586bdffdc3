"""`python -m labelkit`: the same as `labelkit`, where its folder is not on the path."""

from labelkit.cli import main

if __name__ == "__main__":
    main()
