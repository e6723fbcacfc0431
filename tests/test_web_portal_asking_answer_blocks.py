"""An answer on the page: what its clauses show is taken out of its text, and nothing else is."""

import pytest

from web.portal.asking.answer_blocks import AT_ONCE, Listing, Words, blocks_of
from web.portal.clauses import Chip, Clause

QUOTE = "在厦门口岸建立鲜活农产品通关“绿色通道”，实施7×24小时预约通关保障。"
TITLE = "厦门市2024年促进跨境贸易便利化专项行动工作方案"


def clause(**changes):
    fields = {
        "label": "二、(一)1",
        "heading": "进一步提升鲜活农产品通关效率",
        "law": "",
        "quote": QUOTE,
        "wordings": (QUOTE,),
        "lang": "zh-Hans",
        "verbatim": None,
        "verbatim_lang": "zh-Hans",
        "document_title": f"《{TITLE}》",
        "issued": "",
        "url": "/documents/xiamen-2024-plan",
        "in_force": True,
        "agencies": (Chip("厦门海关"),),
    }
    return Clause(**{**fields, **changes})


def texts(blocks):
    return [block.text if isinstance(block, Words) else block.kind for block in blocks]


def test_a_clause_whose_place_and_agencies_the_card_shows_leaves_only_the_card():
    text = f"《{TITLE}》二、(一)1 进一步提升鲜活农产品通关效率：\n「{QUOTE}」\n责任单位：厦门海关。"

    assert texts(blocks_of(text, [clause()])) == ["clause"]


def test_what_is_not_stated_is_still_said_before_the_card():
    text = (
        f"方案涉及这件事，但没有写明联系电话。最接近的是《{TITLE}》二、(一)1 进一步提升鲜活农产品通关效率：\n"
        f"「{QUOTE}」\n可以向厦门海关了解。"
    )

    assert texts(blocks_of(text, [clause()])) == [
        "方案涉及这件事，但没有写明联系电话。最接近的是：",
        "clause",
    ]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("（接着上一问）《{title}》二、(一)1 进一步提升鲜活农产品通关效率：\n「{quote}」", "接着上一问"),
        ("(Following your last question) {title}, 二、(一)1:\n「{quote}」", "Following your last question"),
    ],
)
def test_the_remark_of_a_follow_up_is_a_note_on_the_card(text, remark):
    text = f"由厦门海关负责。\n{text.format(title=TITLE, quote=QUOTE)}"

    words, note, card = blocks_of(text, [clause()])

    assert words == Words("由厦门海关负责。")
    assert note == Words(remark, kind="note")
    assert card.kind == "clause"


def test_who_is_responsible_is_said_before_the_clause_that_says_so():
    text = f"由厦门海关负责。\n《{TITLE}》二、(一)1 进一步提升鲜活农产品通关效率：\n「{QUOTE}」"

    assert texts(blocks_of(text, [clause()])) == ["由厦门海关负责。", "clause"]


def test_a_sentence_after_the_quote_that_says_more_than_the_agencies_stays():
    text = (
        f"「{QUOTE}」\n责任单位：厦门海关。这一条自2024年起施行，另有细则规定预约办法和开放时间，以及收费。"
    )

    shown = texts(blocks_of(text, [clause()]))

    assert shown[0] == "clause"
    assert "细则" in shown[1]


def test_agencies_that_the_card_does_not_show_stay_in_the_text():
    text = f"「{QUOTE}」\n责任单位：厦门海关、自贸委。"

    shown = texts(blocks_of(text, [clause(agencies=(Chip("市商务局"),))]))

    assert shown == ["clause", "责任单位：厦门海关、自贸委。"]


def test_a_clause_that_the_text_does_not_quote_is_shown_after_it():
    assert texts(blocks_of("可以预约。", [clause()])) == ["可以预约。", "clause"]


def test_a_numbered_list_of_clauses_becomes_a_listing_with_the_words_around_it():
    clauses = [clause(), clause(label="二、(一)2", heading="深化区域物流一体化")]
    text = (
        "厦门海关参与负责的措施共 2 项：\n1. 二、(一)1 进一步提升鲜活农产品通关效率\n"
        "2. 二、(一)2 深化区域物流一体化\n以上。"
    )

    words, listing, tail = blocks_of(text, clauses)

    assert words == Words("厦门海关参与负责的措施共 2 项：")
    assert listing == Listing(tuple(clauses))
    assert tail == Words("以上。")


def test_a_short_list_that_quotes_is_its_cards_and_no_quote_is_left_over():
    other = clause(label="二、(一)2", heading="深化区域物流一体化", wordings=("扩大试点。",))
    text = (
        f"方案里与此有关的共 2 条：\n1. 二、(一)1 进一步提升鲜活农产品通关效率\n「{QUOTE}」\n"
        "2. 二、(一)2 深化区域物流一体化\n「扩大试点。」"
    )

    assert texts(blocks_of(text, [clause(), other])) == ["方案里与此有关的共 2 条：", "clause", "clause"]


@pytest.mark.parametrize(("count", "folded"), [(AT_ONCE, 0), (AT_ONCE + 1, 1), (22, 22 - AT_ONCE)])
def test_a_listing_folds_away_what_is_beyond_its_first_rows(count, folded):
    listing = Listing(tuple(clause(label=str(number)) for number in range(count)))

    assert listing.first + listing.rest == listing.clauses
    assert len(listing.rest) == folded
    assert listing.long == bool(folded)


def test_an_english_answer_is_taken_apart_alike():
    text = f"{TITLE}, 二、(一)1 进一步提升鲜活农产品通关效率:\n「{QUOTE}」\nResponsible: 厦门海关."

    assert texts(blocks_of(text, [clause()])) == ["clause"]


def test_the_line_with_the_ticket_number_gives_way_to_the_receipt():
    text = "现有文件里没有找到答案。\n问题已登记，编号 WT-20261123-0007，预计 2026-11-26 17:30 前答复。"

    assert texts(blocks_of(text, [], "WT-20261123-0007")) == ["现有文件里没有找到答案。"]


def test_without_clauses_the_text_stands_as_it_is():
    assert texts(blocks_of("您好。\n请直接说您遇到的事。", [])) == ["您好。\n请直接说您遇到的事。"]


def test_after_quoted_clauses_the_others_are_a_list_of_their_own():
    first = clause(
        label="第八十二条",
        heading="",
        quote="违反本法的，罚款。",
        wordings=("违反本法的，罚款。",),
        agencies=(),
    )
    others = [
        clause(label=f"第{at}条", heading="", quote=f"有{at}行为", wordings=(f"有{at}行为",), agencies=())
        for at in ("八十三", "八十四")
    ]
    rows = "\n".join(f"{at}. {one.label} {one.quote}……" for at, one in enumerate(others, 2))
    text = f"《海关法》第八章，共3条：\n第八十二条：\n「{first.quote}」\n其余各条：\n{rows}"

    words, card, led, listing = blocks_of(text, [first, *others])

    assert (words, led) == (Words("《海关法》第八章，共3条："), Words("其余各条："))
    assert card == first
    assert listing == Listing(tuple(others), start=2)
