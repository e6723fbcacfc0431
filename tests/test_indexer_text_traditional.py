"""Simplified text in traditional characters: the words that official and trade texts live on."""

import pytest
from opencc import OpenCC

from indexer.text.folding import folded_text
from indexer.text.script import to_script
from indexer.text.traditional import overrides, parse_overrides


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("行政复议，准予保税", "行政復議，准予保稅"),
        ("驳回复议申请，维持复核结论", "駁回復議申請，維持覆核結論"),
        ("对复验结论不服，或者要求复审、复检", "對復驗結論不服，或者要求複審、複檢"),
        ("恢复合同，答复检举，重复审查，反复检查", "恢復合同，答覆檢舉，重複審查，反覆檢查"),
        ("退货复出口，复运出境", "退貨復出口，復運出境"),
        ("实行复合计征", "實行複合計徵"),
        ("经核准，获准入境；不准出境", "經核准，獲准入境；不准出境"),
        ("申报不准确，标准入库，以原件为准予以放行", "申報不準確，標準入庫，以原件為準予以放行"),
        ("视为准予延续", "視為准予延續"),
        ("市场准入，装船准单，准运证", "市場准入，裝船准單，准運證"),
        ("海关征收滞纳金，特征，征求意见，加征关税", "海關徵收滯納金，特徵，徵求意見，加徵關稅"),
        ("关系、联系、系统、体系", "關係、聯繫、系統、體系"),
        ("积载、隔离、系固", "積載、隔離、繫固"),
        ("未按规定制定制度，印制、仿制、研制", "未按規定制定制度，印製、仿製、研製"),
        ("不得采取、采购、采用", "不得採取、採購、採用"),
        ("余额、其余、剩余", "餘額、其餘、剩餘"),
        ("干散货、干果、干渠、骨干、干预、若干", "乾散貨、乾果、幹渠、骨幹、干預、若干"),
        ("港口布局规划，公布、发布、分布", "港口布局規劃，公布、發布、分布"),
        ("制定、调整并发布，合并为一单，一并办理", "制定、調整並發布，合併為一單，一併辦理"),
        ("海关注册登记，关注销售，海关注销备案", "海關註冊登記，關注銷售，海關註銷備案"),
        ("要求签发，标签发放，过境免签，航行签派", "要求簽發，標籤發放，過境免簽，航行簽派"),
        ("承运托运行李，木托", "承運託運行李，木托"),
        ("与在先权利相冲突，冲抵税款", "與在先權利相衝突，沖抵稅款"),
        ("危险货物品名表，仪表，手表", "危險貨物品名表，儀表，手錶"),
        ("应当向应税交易发生地申报，应当回避", "應當向應稅交易發生地申報，應當迴避"),
        ("十四周岁，周边，每周", "十四週歲，周邊，每週"),
        ("关于出口加工区的平台", "關於出口加工區的平臺"),
        ("没有只由一个单位负责的，只有一只船", "沒有只由一個單位負責的，只有一隻船"),
        ("公里、里程、里面", "公里、里程、裡面"),
    ],
)
def test_trade_and_official_words_take_the_character_of_their_meaning(hans: str, hant: str) -> None:
    assert to_script(hans, "hant") == hant
    assert folded_text(hant) == folded_text(hans)


def test_every_reviewed_phrase_comes_out_as_reviewed() -> None:
    for phrase, form in overrides().items():
        # Something simplified beside it, since what is traditional throughout is left as it stands.
        assert to_script(f"{phrase}，简", "hant") == f"{form}，簡"


def test_a_phrase_stands_in_the_list_for_a_reason() -> None:
    """OpenCC alone gets it wrong, by itself or in company, or a shorter one would cut it."""
    opencc = OpenCC("s2tw")
    right_alone = {phrase for phrase, form in overrides().items() if opencc.convert(phrase) == form}

    assert len(right_alone) < len(overrides())
    assert {"恢复", "标准", "关注"} <= right_alone


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("复议", "line 1: not one phrase"),
        ("复议 復議 覆議", "line 1: not one phrase"),
        ("复议 复", "is not 复议 in traditional"),
        ("复议 評議", "is not 复议 in traditional"),
    ],
)
def test_a_form_that_would_not_be_found_is_refused(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_overrides([line])


def test_a_phrase_twice_is_refused_and_comments_are_no_phrases() -> None:
    assert parse_overrides(["# 复", "", "复议 復議  # again"]) == {"复议": "復議"}
    with pytest.raises(ValueError, match="line 2"):
        parse_overrides(["复议 復議", "复议 復議"])
