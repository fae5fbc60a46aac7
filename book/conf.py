"""Hand _config.yml to plain Sphinx: ``sphinx-build -b html book _build/html``. Jupyter Book ignores this file."""

from pathlib import Path

from jupyter_book.config import get_final_config

here = Path(__file__).parent
config, _ = get_final_config(
    user_yaml=here.parent / "_config.yml", sourcedir=here, cli_config={"latex_individualpages": False}
)
globals().update(config)
external_toc_path = (here / "_toc.yml").as_posix()  # as Jupyter Book says it: else all is read again
