"""``guanwen check``: is the corpus well formed? Writes nothing."""

import click

from web.cli.grammar import Command
from web.cli.knowledge.preparing import read_corpus
from web.cli.knowledge.workshop import done
from web.cli.opening import with_settings
from web.settings import Settings
from web.speech import say


@click.command(
    cls=Command,
    help=say(
        "检查语料，不写任何东西：逐个列出文件、行号和原因。\n\n有错时退出码为 65。",
        "Check the corpus without writing anything: each error with file, line and reason.\n\n"
        "The exit code is 65 when there are any.",
    ),
    example="guanwen check\nGUANWEN_CORPUS=/path/to/corpus guanwen check",
)
@with_settings
def check(settings: Settings) -> None:
    """Check the corpus folder."""
    corpus = read_corpus(settings)
    passages = sum(node.citable for document in corpus.documents for node in document.nodes)
    subjects = sum(map(len, corpus.subjects.values()))
    places = len(corpus.jurisdictions.places) if corpus.jurisdictions else 0
    done(
        say(
            f"语料无误：文件 {len(corpus.documents)}，可引用条款 {passages}，单位 {len(corpus.agencies)}，"
            f"问法 {len(corpus.variants)}，词条 {len(corpus.concepts)}，热线 {len(corpus.hotlines)}，"
            f"地名 {places}，主题 {subjects}",
            f"the corpus is well formed: {len(corpus.documents)} documents, {passages} citable passages, "
            f"{len(corpus.agencies)} agencies, {len(corpus.variants)} question variants, "
            f"{len(corpus.concepts)} concepts, {len(corpus.hotlines)} hotlines, {places} places, "
            f"{subjects} subjects",
        )
    )
