"""What the operator reads when the server is up."""

import io
import shutil

import segno
from rich.console import Console
from rich.panel import Panel

from linli.core.process.serving import Ready


def show(ready: Ready, administrator_path: str | None, console: Console | None = None) -> None:
    """Print the one block: address, languages, the first administrator's link, the LAN address as a QR code."""
    console = console or Console(highlight=False, width=max(100, shutil.get_terminal_size().columns))
    console.print(Panel("\n".join(_lines(ready, administrator_path)), title="Linli 邻里", expand=False))
    if ready.lan_urls:
        console.print(qr_code((ready.first_visit_urls or ready.lan_urls)[0]))


def qr_code(text: str) -> str:
    """Return a QR code for a terminal."""
    picture = io.StringIO()
    segno.make_qr(text, error="m").terminal(picture, compact=True, border=2)
    return picture.getvalue()


def _lines(ready: Ready, administrator_path: str | None) -> list[str]:
    lines = [f"地址 Address    {ready.url}"]
    lines += [f"局域网 LAN      {url}" for url in ready.lan_urls]
    lines += ["语言 Languages  中文, English", "停止 Stop       Ctrl-C, linli stop"]
    if not ready.https and ready.lan_urls:
        lines += ["", "手机扫码需要 HTTPS：请用 --local-ca。Phones need HTTPS to scan: use --local-ca."]
    if ready.authority:
        lines += ["", f"手机先安装并信任此证书 Phones first install and trust: {ready.authority}"]
    lines += [f"手机先打开（扫下面的码） Phones open first (code below): {url}" for url in ready.first_visit_urls]
    if administrator_path:
        lines += [
            "",
            "首次启动，请在 24 小时内用此链接设置管理员密码，只显示这一次：",
            "First start: the administrator's password, within 24 hours, shown once:",
            f"{ready.url}{administrator_path}",
        ]
    return lines
