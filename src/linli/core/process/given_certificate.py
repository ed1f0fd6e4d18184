"""A certificate and key that the operator brings, in whatever form the key is."""

import ssl
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from linli.core.home import folder
from linli.core.problem import Problem
from linli.core.process.local_ca import Pair, replace_file


def usable_pair(home: Path, certificate: Path, key: Path) -> Pair:
    """Return the pair with the key in PKCS#8, which the web server asks for. Raises Problem when they do not fit."""
    try:
        secret = serialization.load_pem_private_key(key.read_bytes(), None)
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ValueError, TypeError) as error:
        raise Problem(
            f"证书 {certificate} 和私钥 {key} 无法使用：{error}。需要 PEM 格式、无密码、互相匹配。",
            f"The certificate {certificate} and key {key} cannot be used: {error}. Both in PEM, no password, "
            "belonging together.",
            code="certificate",
        ) from error
    pkcs8 = folder("tls", home) / "given.key"
    form = serialization.PrivateFormat.PKCS8
    replace_file(pkcs8, secret.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()), 0o600)
    return Pair(certificate, pkcs8)
