"""What a question leaves out or open, so that it names no subject by it: 除了锂电池, 不管走不走铁路."""

import re

from bot.question.names.subjects import Subjects

# Of whoever asks: 航运部的同事.
_OF_STAFF = re.compile("(部(?!分|里)|部门|科|组|岗|专员|经理|同事|主管|总监|文员|会计)")
# What narrows nothing: who asks (财务问：), instances (单证，提单啊), what makes no difference (包含走铁路的,
# 不管装箱还是走铁路).
_NO_MATTER = re.compile(
    r"^[^,，。:：]{1,10}(问|请教|咨询)(一下)?[:：,，]|[(（](包含|包括|含|连同)[^)）]{1,12}[)）]"
    r"|[(（][^)）]{1,16}(啊|啦|呀|都算|也算|等等?|之类的?)[)）]"
    r"|(不管|无论|不论|不分).{1,12}?(?=[,，。;；?？!！]|$)"
)
_EXCEPT = re.compile(
    r"(除了?|除开|除去|撇开|不算).{1,20}?(以外|之外|外|不算|，|,|还有|还|的话)"
    r"|[^，,。？?！!(（]{1,10}?(那些|那块|那几条|那个|这块|的)?(我)?(都|已经)?"
    r"(知道了|看过了|清楚了|有了|不用(说|讲|列)|除外|不要|不算|另计|另说)"
)


def kept(folded: str, subjects: Subjects) -> str:
    """A folded question with blanks, as many as it had characters, for what it leaves out or open."""
    blank = [*excepted(folded, subjects), *(found.span() for found in _NO_MATTER.finditer(folded))]
    blank += [(one.start, one.end) for one in subjects.find(folded) if _OF_STAFF.match(folded, one.end)]
    for start, end in blank:
        folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return folded


def excepted(folded: str, subjects: Subjects) -> list[tuple[int, int]]:
    """The spans of a folded question by which it excepts a subject: 除了锂电池, 收费那些我知道了."""
    spans = [found.span() for found in _EXCEPT.finditer(folded)]
    return [span for span in spans if subjects.find(folded[slice(*span)])]
