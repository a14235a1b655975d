"""Where events may be sent to, as far as that can be seen without asking anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.public_address import is_public
from models.values.webhook_url import UrlFault, UrlRefused, WebhookUrl

GOOD = [
    ("https://hooks.ojek.example", "hooks.ojek.example", "/"),
    ("https://hooks.ojek.example/", "hooks.ojek.example", "/"),
    ("https://hooks.ojek.example:443/jaring?token=a%20b&c=[d]", "hooks.ojek.example", None),
    ("HTTPS://Hooks.Ojek.Example./x", "hooks.ojek.example", "/x"),
    ("https://hooks.ojek.example?token=x", "hooks.ojek.example", "/?token=x"),
    ("https://xn--bcher-kva.example/x", "xn--bcher-kva.example", "/x"),
    ("https://1.1.1.1/x", "1.1.1.1", "/x"),
    ("https://[2606:4700:4700::1111]/x", "2606:4700:4700::1111", "/x"),
]
BAD = {
    UrlFault.NOT_A_URL: [
        "",
        "hooks.ojek.example",
        "ftp://hooks.ojek.example/",
        "https:///x",
        "https://user@hooks.ojek.example/",
        "https://user:word@hooks.ojek.example/",
        "https://hooks.ojek.example\\@127.0.0.1/",
        "https://hooks.ojek.example#@127.0.0.1/",
        "https://hooks.ojek.example/#part",
        "https://hooks.ojek.example/a b",
        "https://hooks.ojek.example/\r\nHost: x",
        "https://hooks.ojek.example/\x00",
        "https://bücher.example/",
        "https://hooks_.example/",
        "https://-hooks.example/",
        "https://hooks..example/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://1.1.1.1.1/",
        "https://[fe80::1%25eth0]/",
        "https://[1.1.1.1]x/",
        "https://hooks.example:/x",
        "https://" + "a" * 64 + ".example/",
        "https://hooks.example/" + "a" * 2000,
    ],
    UrlFault.NOT_HTTPS: ["http://hooks.ojek.example/", "http://127.0.0.1/"],
    UrlFault.OTHER_PORT: [
        "https://hooks.ojek.example:8443/",
        "https://hooks.ojek.example:80/",
        "https://hooks.ojek.example:0/",
        "https://hooks.ojek.example:65979/",
    ],
    UrlFault.NOT_PUBLIC: [
        "https://localhost/",
        "https://localhost./",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:1.1.1.1]/",
        "https://[fd00::1]/",
    ],
}


@pytest.mark.parametrize(("written", "host", "path"), GOOD)
def test_https_and_port_443_it_is(written, host, path):
    url = WebhookUrl.parse(written, loopback=False)
    assert (url.secure, url.host, url.port, url.authority) == (
        True,
        host,
        443,
        f"[{host}]" if ":" in host else host,
    )
    assert path is None or url.path == path


@pytest.mark.parametrize(
    ("fault", "written"), [(fault, each) for fault, several in BAD.items() for each in several]
)
def test_anything_else_is_refused_with_the_reason(fault, written):
    with pytest.raises(UrlRefused) as refused:
        WebhookUrl.parse(written, loopback=False)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("written", "authority"),
    [
        ("http://127.0.0.1:8081/hooks/a", "127.0.0.1:8081"),
        ("http://localhost/hooks/a", "localhost"),
        ("http://[::1]:8081/hooks/a", "[::1]:8081"),
        ("https://localhost:8443/hooks/a", "localhost:8443"),
        ("https://hooks.ojek.example/", "hooks.ojek.example"),
    ],
)
def test_in_development_this_machine_may_be_called_as_well(written, authority):
    assert WebhookUrl.parse(written, loopback=True).authority == authority


@pytest.mark.parametrize(
    "written", ["http://hooks.ojek.example/", "http://10.0.0.1/", "http://127.0.0.1:65536/"]
)
def test_and_nobody_else(written):
    with pytest.raises(UrlRefused):
        WebhookUrl.parse(written, loopback=True)


def test_it_is_not_shown_by_accident():
    url = WebhookUrl.parse("https://hooks.ojek.example/secret-token", loopback=False)
    assert "secret-token" not in repr(url)
    assert "ojek" not in repr(url)


@given(st.text() | st.from_regex(r"https://[a-z0-9.@:\[\]\\#?/-]{1,40}", fullmatch=True))
def test_whatever_is_typed_either_is_refused_or_has_a_host_that_may_be_asked_for(text):
    try:
        url = WebhookUrl.parse(text, loopback=False)
    except UrlRefused:
        return
    assert url.secure
    assert url.port == 443
    assert not set(url.host) & set("@/\\#?%[] ")
    assert url.host[-1].isalpha() or not url.host[-1:].isdigit() or _judged(url.host)


def _judged(host: str) -> bool:
    """A host that ends in a digit is a public address, or a name whose last part begins with a
    letter."""
    return is_public(host) or host.rsplit(".", 1)[-1][0].isalpha()
