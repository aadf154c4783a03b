"""WSGI entry (`app:app`); `python app.py` does the same as `make run` once its packages are installed."""

if __name__ == "__main__":
    from portal.ops import main

    main(["serve", "--prepare"])
else:
    from portal import create_app

    app = create_app()
