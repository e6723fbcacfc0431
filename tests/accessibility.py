"""axe-core on a page, at the level a public office has to meet."""

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def violations(page):
    """What axe finds wrong with the page as it stands: rule, and the elements that break it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(LEVELS)}})
    return [
        (rule["id"], [" ".join(map(str, node["target"])) for node in rule["nodes"]])
        for rule in found.response["violations"]
    ]
