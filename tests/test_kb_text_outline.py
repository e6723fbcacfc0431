"""The tree of an official document: every number in its place, every character in one leaf."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.document_file import ParsedDocument, parse_document
from kb.text.outline import OutlineNode
from kb.text.outline_reader import read_outline
from tests.plans import BINHAI, BINHAI_AGENCIES, FEW_AGENCIES, ROOT, XIAMEN, XIAMEN_AGENCIES, parsed

ORIGINAL = ROOT.parent / "shared/plan/xiamen-2024-plan.zh-Hant.txt"
ORIGINAL_SHA256 = "751774c54a71878cdea8143fb3c1816b2bb7e7363d370ca69cd8c3f61e06cf5d"

XIAMEN_OUTLINE = """
preamble   0          前言        -
part       1          一          總體要求
paragraph  1.1        一、(一)    指導思想
paragraph  1.2        一、(二)    工作目標
part       2          二          主要任務
section    2.1        二、(一)    進一步創新提升進出口全鏈條貨物通關效率
measure    2.1.1      二、(一)1   進一步提升鮮活農產品通關效率
measure    2.1.2      二、(一)2   深化區域物流一體化
measure    2.1.3      二、(一)3   協同加強海關技術機構檢測能力建設
measure    2.1.4      二、(一)4   提升查驗貨物通關效率
measure    2.1.5      二、(一)5   提升支線船舶出口通關水平
section    2.2        二、(二)    進一步優化促進外貿新動能產業貿易便利
measure    2.2.1      二、(二)1   進一步提升跨境電商支撐服務能力
measure    2.2.2      二、(二)2   支持加工貿易企業信息對接共享
measure    2.2.3      二、(二)3   進一步支持新能源汽車及鋰電池出口
measure    2.2.4      二、(二)4   探索完善碳足跡服務體系
measure    2.2.5      二、(二)5   支持跨境電商新業態發展
measure    2.2.6      二、(二)6   加強海關監管場所功能服務
measure    2.2.7      二、(二)7   完善海滄港綜保區非申報通道
measure    2.2.8      二、(二)8   加大集裝箱式鋰電池運輸服務力度
measure    2.2.9      二、(二)9   提升海鐵聯運暢通水平
section    2.3        二、(三)    進一步大力支持服務貿易與貨物貿易融合發展
measure    2.3.1      二、(三)1   培育優質外貿綜合服務企業
measure    2.3.2      二、(三)2   支持服務貿易發展
measure    2.3.3      二、(三)3   加大技術性貿易措施評議及應對力度
measure    2.3.4      二、(三)4   優化跨境貿易金融服務
measure    2.3.5      二、(三)5   深化多式聯運“一單制”試點
measure    2.3.6      二、(三)6   促進港口綠色低碳發展
measure    2.3.7      二、(三)7   提升航運物流企業融資便利
section    2.4        二、(四)    進一步賦能提升口岸信息化智能化水平
measure    2.4.1      二、(四)1   扎實推進貿易無紙化
measure    2.4.2      二、(四)2   擴大航空物流公共信息平臺應用
measure    2.4.3      二、(四)3   提升口岸數字化服務
measure    2.4.4      二、(四)4   建成海上運輸“單一窗口”
measure    2.4.5      二、(四)5   推進智慧港口建設
measure    2.4.6      二、(四)6   提升智慧綜保區監管服務
measure    2.4.7      二、(四)7   促進監管貨物跨區流轉“無感通關”
measure    2.4.8      二、(四)8   加強口岸通關科技信息賦能
section    2.5        二、(五)    進一步協同規范和降低進出口環節稅費
measure    2.5.1      二、(五)1   持續推進落實《清理規范海運口岸收費行動方案》
measure    2.5.2      二、(五)2   進一步規范進出口環節收費行為
measure    2.5.3      二、(五)3   降低口岸物流成本
section    2.6        二、(六)    進一步改進提升廣大企業和社會公眾獲得感滿意度
measure    2.6.1      二、(六)1   加大高級認證企業培育和便利政策供給力度
measure    2.6.2      二、(六)2   健全完善口岸協商機制
measure    2.6.3      二、(六)3   試點郵輪船員體檢便利新模式
measure    2.6.4      二、(六)4   推行極簡海事政務服務
measure    2.6.5      二、(六)5   優化跨境航空貨運企業扶持
measure    2.6.6      二、(六)6   提升高崎機場國際中轉便捷性
measure    2.6.7      二、(六)7   提高政企服務質量
paragraph  3          三          組織保障
attachment attachment 附件        -
"""
BINHAI_OUTLINE = """
preamble   0          前言        -
paragraph  1          一          总体目标
part       2          二          重点任务
paragraph  2.0        二          -
section    2.1        二、(一)    压缩通关时间
measure    2.1.1      二、(一)1   推行“提前申报”
measure    2.1.2      二、(一)2   实行查验结果即时推送
measure    2.1.3      二、(一)3   优化鲜活产品查验
item       2.1.3.1    二、(一)3(1) 随到随报
item       2.1.3.2    二、(一)3(2) 随报随验
section    2.2        二、(二)    降低物流成本
measure    2.2.4      二、(二)4   公布收费目录
measure    2.2.5      二、(二)5   减免港口使用费
measure    2.2.6      二、(二)6   推广“一箱到底”
part       3          三          服务保障
section    3.1        三、(一)    完善信息平台
measure    3.1.7      三、(一)7   升级单一窗口
measure    3.1.8      三、(一)8   开放物流数据
section    3.2        三、(二)    强化政企沟通
measure    3.2.9      三、(二)9   设立通关服务热线
measure    3.2.10     三、(二)10  建立问题清零机制
paragraph  4          四          实施期限
attachment attachment 附件        -
"""


def rows(outline: str) -> list[list[str]]:
    return [line.split() for line in outline.strip().splitlines()]


def outline_of(document: ParsedDocument) -> list[list[str]]:
    return [
        [node.kind, node.section or "", node.label, node.heading or "-"] for node in document.root.outline()
    ]


def nodes_of(text: str) -> dict[str, OutlineNode]:
    """The numbered nodes of a text that has nothing wrong with it, by section."""
    root, flaws = read_outline(text, FEW_AGENCIES)

    assert flaws == []
    return {node.section: node for node in root.outline() if node.section}


def flaws_of(text: str) -> list[tuple[str, str]]:
    """For every flaw the rest of its line, and its reason in English."""
    _, flaws = read_outline(text, FEW_AGENCIES)
    return [(text[flaw.at :].splitlines()[0], flaw.reason_en) for flaw in flaws]


def assert_lossless(document: ParsedDocument) -> None:
    """Leaves joined are the file, children tile their parent, and spans stay inside the extent."""
    assert "".join(document.leaves()) == document.text
    for node in document.root.walk():
        assert (
            node.extent_start <= node.start <= node.body_start <= node.body_end <= node.end <= node.extent_end
        )
        for elder, younger in pairwise(node.children):
            assert elder.extent_end == younger.extent_start
        if node.children:
            assert (node.children[0].extent_start, node.children[-1].extent_end) == (
                node.extent_start,
                node.extent_end,
            )
        for mention in node.agencies:
            assert document.body[mention.start : mention.end] == mention.name


class TestThePlan:
    def test_is_kept_to_the_byte(self) -> None:
        body = parsed(XIAMEN).body.encode()

        assert hashlib.sha256(body).hexdigest() == ORIGINAL_SHA256
        if ORIGINAL.exists():
            assert body == ORIGINAL.read_bytes()

    def test_has_three_parts_six_sections_and_39_measures(self) -> None:
        document = parsed(XIAMEN)

        assert document.problems == ()
        assert outline_of(document) == rows(XIAMEN_OUTLINE)
        assert sum(row[0] == "section" for row in rows(XIAMEN_OUTLINE)) == 6
        assert sum(row[0] == "measure" for row in rows(XIAMEN_OUTLINE)) == 39

    def test_is_covered_by_its_leaves(self) -> None:
        assert_lossless(parsed(XIAMEN))

    def test_cites_a_measure_from_its_number_to_its_bracket_and_quotes_what_is_between(self) -> None:
        document = parsed(XIAMEN)
        measure = next(node for node in document.root.walk() if node.section == "2.1.1")

        assert document.body[measure.start : measure.end] == (
            "1.進一步提升鮮活農產品通關效率。在廈門口岸建立鮮活農產品通關“綠色通道”,"
            "實施7×24小時預約通關保障。(廈門海關)"
        )
        assert document.body[measure.body_start : measure.body_end] == (
            "在廈門口岸建立鮮活農產品通關“綠色通道”,實施7×24小時預約通關保障。"
        )
        assert measure.parent == "2.1"

    def test_keeps_the_attachment_line_apart_from_the_last_part(self) -> None:
        document = parsed(XIAMEN)
        last, attachment = list(document.root.outline())[-2:]

        assert document.body[last.end - 9 : last.end] == "各項任務落地見效。"
        assert document.body[attachment.start : attachment.end] == "附件: 專項行動工作方案項目清單"
        assert not attachment.citable

    def test_cites_measures_and_paragraphs_and_not_what_holds_them(self) -> None:
        citable = {node.kind for node in parsed(XIAMEN).root.walk() if node.citable}

        assert citable == {"preamble", "paragraph", "measure"}


class TestAnotherCity:
    def test_is_read_by_the_same_code(self) -> None:
        document = parsed(BINHAI)

        assert document.problems == ()
        assert outline_of(document) == rows(BINHAI_OUTLINE)

    def test_is_covered_by_its_leaves(self) -> None:
        assert_lossless(parsed(BINHAI))

    def test_gives_measures_a_body_without_title_and_agencies(self) -> None:
        document = parsed(BINHAI)
        nodes = {node.section: node for node in document.root.outline()}
        bodies = {
            section: document.body[nodes[section].body_start : nodes[section].body_end]
            for section in ("1", "2.0", "2.1.2", "2.2.5", "3.2.10")
        }

        assert bodies == {
            "1": "到２０２５年底，进口、出口整体通关时间分别压缩至３０小时、１小时以内。",
            "2.0": "按照“急用先行、分步实施”的原则，抓好以下工作。",
            "2.1.2": "通过“滨海通”平台（含移动端）向企业推送查验指令和结果。\n"
            "　　企业不到场的，可以委托港口经营人代为办理。",
            "2.2.5": "对集装箱班轮减半收取货物港务费",
            "3.2.10": "对企业反映的问题３个工作日内答复。",
        }


class TestLevels:
    @pytest.mark.parametrize(
        "text",
        [
            "一、甲\n(一)乙\n1.丙。丁。\n",
            "一、甲\n（一）乙\n１．丙。丁。\n",
            "　　一、甲\r\n\r\n　　（一）、乙\r\n\t1、丙。丁。\r\n",
            "\ufeff 一、甲 \n (一) 乙 \n 1. 丙。丁。 ",
        ],
    )
    def test_are_told_by_their_numbers_in_either_width(self, text: str) -> None:
        nodes = nodes_of(text)

        assert [(node.kind, node.section, node.label, node.heading) for node in nodes.values()] == [
            ("part", "1", "一", "甲"),
            ("section", "1.1", "一、(一)", "乙"),
            ("measure", "1.1.1", "一、(一)1", "丙"),
        ]
        assert text[nodes["1.1.1"].body_start : nodes["1.1.1"].body_end] == "丁。"

    def test_may_be_left_out(self) -> None:
        assert [
            (node.section, node.label) for node in nodes_of("一、甲\n1.乙。丙。\n2.丁。戊。").values()
        ] == [
            ("1", "一"),
            ("1.1", "一、1"),
            ("1.2", "一、2"),
        ]

    def test_need_not_begin_with_the_first(self) -> None:
        assert list(nodes_of("序\n(一)甲\n1.乙。丙。\n(二)丁\n2.戊。己。")) == ["0", "1", "1.1", "2", "2.2"]

    def test_go_on_beyond_ten(self) -> None:
        numerals = "一二三四五六七八九十"
        text = "".join(f"{numeral}、甲。乙。\n" for numeral in (*numerals, "十一", "十二"))

        assert list(nodes_of(text)) == [str(number) for number in range(1, 13)]

    def test_items_belong_to_their_measure_which_is_what_is_cited(self) -> None:
        text = "一、甲\n1.乙。如下：\n(1)丙。\n(2)丁。(海关)"
        nodes = nodes_of(text)

        assert [(node.kind, node.section, node.citable) for node in nodes.values()][1:] == [
            ("measure", "1.1", True),
            ("item", "1.1.1", False),
            ("item", "1.1.2", False),
        ]
        assert [mention.name for mention in nodes["1.1"].agencies] == ["海关"]
        assert text[nodes["1.1"].body_start : nodes["1.1"].body_end] == "如下：\n(1)丙。\n(2)丁。"

    @pytest.mark.parametrize("line", ["1.5万标箱", "2024.4.30发布", "3、4号泊位"])
    def test_are_not_seen_in_lines_that_begin_with_a_quantity(self, line: str) -> None:
        assert list(nodes_of(f"一、甲\n{line}投入使用。")) == ["1"]

    def test_before_the_first_part_are_preamble(self) -> None:
        assert list(nodes_of("各单位：\n1.请认真执行。\n一、甲\n乙。")) == ["0", "1"]


class TestTitles:
    @pytest.mark.parametrize(
        ("measure", "heading", "body"),
        [
            ("1.开放口岸。开放两个口岸。", "开放口岸", "开放两个口岸。"),
            ("1.开放口岸\n开放两个口岸。\n再开一个。", "开放口岸", "开放两个口岸。\n再开一个。"),
            ("1.开放两个口岸。", "开放两个口岸", "开放两个口岸。"),
            ("1.开放两个口岸", "开放两个口岸", "开放两个口岸"),
            ("1.开放两个口岸(海关)", "开放两个口岸", "开放两个口岸"),
            (f"1.{'开放' * 30}。再开一个。", None, f"{'开放' * 30}。再开一个。"),
        ],
    )
    def test_are_the_first_sentence_or_line(self, measure: str, heading: str | None, body: str) -> None:
        text = f"一、甲\n{measure}\n"
        node = nodes_of(text)["1.1"]

        assert node.heading == heading
        assert text[node.body_start : node.body_end] == body

    def test_of_a_section_leave_the_rest_of_its_line_to_a_passage_of_its_own(self) -> None:
        text = "一、甲\n(一)乙。先做这些。\n1.丙。丁。"
        nodes = nodes_of(text)
        lead_in = nodes["1.1.0"]

        assert nodes["1.1"].heading == "乙"
        assert (lead_in.kind, lead_in.label, lead_in.parent) == ("paragraph", "一、(一)", "1.1")
        assert text[lead_in.start : lead_in.end] == "先做这些。"


class TestTheEnd:
    @pytest.mark.parametrize(
        ("ending", "section"),
        [
            ("附件：清单", "attachment"),
            ("附件1:清单\n1.某某\n2.某某", "attachment"),
            ("　　附件\n清单", "attachment"),
            ("滨海市人民政府办公室\n2025年3月12日", "closing"),
            ("滨海市人民政府办公室\n　　二〇二五年三月十二日\n(此件公开发布)", "closing"),
            ("（此件公开发布）", "closing"),
        ],
    )
    def test_is_no_part_of_the_last_passage(self, ending: str, section: str) -> None:
        text = f"一、甲\n1.乙。丙。(海关)\n\n{ending}\n"
        nodes = nodes_of(text)

        assert list(nodes) == ["1", "1.1", section]
        assert text[nodes["1.1"].start : nodes["1.1"].end] == "1.乙。丙。(海关)"
        assert text[nodes[section].start : nodes[section].end] == ending.strip("　")

    def test_is_not_looked_for_before_the_first_part(self) -> None:
        assert list(nodes_of("某某办公室\n2025年3月12日\n附件：方案\n一、甲\n乙。")) == ["0", "1"]


class TestFlaws:
    @pytest.mark.parametrize(
        ("text", "flaw"),
        [
            ("一、甲\n乙。\n三、丙\n丁。", ("三、丙", "skipped number: expected 2, found 三")),
            ("二、甲\n乙。", ("二、甲", "skipped number: expected 1, found 二")),
            ("一、甲\n1.乙。丙。\n3.丁。戊。", ("3.丁。戊。", "skipped number: expected 2, found 3")),
            ("一、甲\n1.乙。丙。\n1.丁。戊。", ("1.丁。戊。", "repeated number: 1")),
            ("一、甲\n(一)乙。丙。\n（一）丁。戊。", ("（一）丁。戊。", "repeated number: 一")),
            (
                "一、甲\n1.乙。丙。\n(一)丁。戊。",
                ("(一)丁。戊。", "mixed levels: 一 is not of the level of the headings before it"),
            ),
            ("一、甲\n1.\n2.乙。丙。", ("1.", "1.1 is empty")),
            ("一、甲\n1.(海关)\n2.乙。丙。", ("1.(海关)", "1.1 is empty")),
            ("一、甲\n1.乙。如下：\n(1)丙。\n(2)", ("(2)", "1.1.2 is empty")),
            ("一、甲\n(一)乙\n(二)丙\n丁。", ("(一)乙", "1.1 is empty")),
            ("一、甲\n1.乙(丙。丁。", ("(丙。丁。", "bracket ( has no partner")),
            ("一、甲\n1.乙。丙〕。丁。", ("〕。丁。", "bracket 〕 has no partner")),
            ("一、甲\n1.乙。丙。(海官)", ("海官)", "agencies.toml has no agency called 海官")),
            ("没有编号。", ("没有编号。", "the text has no numbered passage")),
            (" \n", (" ", "there is no text")),
        ],
    )
    def test_are_told_with_their_place(self, text: str, flaw: tuple[str, str]) -> None:
        assert flaws_of(text) == [flaw]

    @pytest.mark.parametrize(
        "text",
        [
            "一、甲\n(一)乙\n1.丙。丁。\n(二)戊\n1.己。庚。",
            "一、甲\n(一)乙\n1.丙。丁。\n(二)戊\n2.己。庚。",
            "一、甲\n1.丙。要求：1)快；2)好。",
            "一、甲\n1.丙。市商务局（口岸办)去办。",
        ],
    )
    def test_are_not_found_where_usage_differs(self, text: str) -> None:
        assert flaws_of(text) == []


MARKS = (
    "\r\n",
    "一、",
    "（一）",
    "1.",
    "(1)",
    "附件：",
    "---\n",
    "责任单位：",
    "按职责分工负责",
    "(海关)",
    "牵头",
    "2025年1月2日",
)
FRAGMENTS = st.sampled_from((*MARKS, *"一二十、。（）()〔〕1１.．,，：:;；甲乙\n\r \t\u3000\ufeff"))


class TestLosslessness:
    @given(st.lists(FRAGMENTS, max_size=60).map("".join) | st.text(max_size=80))
    def test_holds_for_any_text(self, text: str) -> None:
        assert_lossless(parse_document(text, FEW_AGENCIES, "documents/any.md"))

    @given(st.data())
    def test_holds_for_plans_with_parts_lost_moved_or_added(self, data: st.DataObject) -> None:
        text, agencies = data.draw(st.sampled_from([(XIAMEN, XIAMEN_AGENCIES), (BINHAI, BINHAI_AGENCIES)]))
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.integers(start, min(len(text), start + 200)))
            text = text[:start] + data.draw(FRAGMENTS | st.just("")) + text[end:]
        document = parse_document(text, agencies, "documents/mutated.md")

        assert_lossless(document)
        assert all(1 <= problem.line <= text.count("\n") + 1 for problem in document.problems)

    def test_holds_for_windows_line_ends_and_changes_no_section(self) -> None:
        document = parse_document(XIAMEN.replace("\n", "\r\n"), XIAMEN_AGENCIES, "documents/windows.md")

        assert document.problems == ()
        assert outline_of(document) == rows(XIAMEN_OUTLINE)
        assert_lossless(document)
