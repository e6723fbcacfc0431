"""Whether a text gives the particular that was asked for."""

import pytest

from bot.question.sorts.particulars import not_stated, particulars, stated_at

PLAN_LIKE = "繼續實施港口費用優惠政策,延續貨物港務費、引航費降費標準。持續推廣自助鉛封機的使用。"


# What the head does not read yet; lines of the kind in tests/data/head will teach it.
MISREAD = pytest.mark.xfail(reason="the fitted head misreads it", strict=True)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("岸电一度多少钱", "price"),
        ("要收費嗎", "price"),
        ("利率几个点", "price"),
        ("补贴一公斤补多少", "price"),
        ("打哪个电话", "phone"),
        ("联系人和邮箱给一个", "mail"),
        ("網址是什麼", "web_address"),
        ("申请表在哪下载", "form"),
        ("要准备哪些材料", "papers"),
        ("具体怎么申请", "steps"),
        ("铅封机放在哪几个堆场", "place"),
        ("去哪家医院体检", "place"),
        ("哪天通车", "date"),
        ("批下来没有", "progress"),
        ("多久能办好", "how_long"),
        ("有名单吗", "names"),
        ("哪几家公司能签发", "names"),
        ("目前哪些公司已经签了", "names"),
        ("要什么牌照", "licence"),
        ("去哪个平台申领", "door"),
        ("按照哪份文件清理收费", "basis"),
        pytest.param("涉及几个目的国", "countries", marks=MISREAD),
        ("表去哪里领", "form"),
        ("礼拜天有开吗", "opening"),
    ],
)
def test_a_particular_the_text_does_not_give_is_named_first_or_among_the_first(
    question: str, missing: str
) -> None:
    assert missing in [kind.id for kind in not_stated(question, PLAN_LIKE)]


@pytest.mark.parametrize(
    "question",
    [
        "引航费今年还降吗",
        "谁负责",
        "收费标准在哪里公示",
        "目录清单之外能收费吗",
        "铅封机是干什么的",
        "问题要往哪儿报",
        "样品做到哪一步能不能自己查",
        pytest.param("天天打电话问，能不能上网查", marks=MISREAD),
        "重点名单怎么进，归谁管",
        "名单由谁来定",
        "方案希望照顾哪些企业",
        "港口今年几周年",
        "客户天天问卡在哪",
        pytest.param(
            "每次去窗口都要排队，跑一趟要几百块，就这么来来回回折腾了好几年，什么时候能在网上办啊",
            marks=MISREAD,
        ),
        "航空公司的旅客名单能不能线上核对",
        "那种做法叫什么",
        pytest.param("挨个打电话太累，有没有一个地方能看", marks=MISREAD),
        "关锁以后会在哪些场合多用",
        pytest.param("做到哪一步有人汇总吗", marks=MISREAD),
        "有个重点名单对吧，归谁管",
    ],
)
def test_a_question_of_content_misses_nothing(question: str) -> None:
    assert not_stated(question, PLAN_LIKE) == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("多久调研一次", "每半年对技术壁垒重点企业开展调研"),
        ("最快几分钟", "最快縮短至10分鐘內"),
        ("星期天办不办", "实施7×24小时预约通关保障"),
        ("去哪个平台申领", "实现补贴线上申领，在单一窗口办理"),
        ("要什么牌照", "争取国际邮轮母港快件运营资质"),
        ("多久答复", "自收到申请之日起三十日内作出决定，即五个工作日"),
        ("按照哪份文件清理收费", "落實《清理規范海運口岸收費行動方案》"),
        ("涉及几个目的国", "实现对64个贸易对象国（地区）全覆盖"),
        ("调研一年做几回", "每半年开展调研"),
        ("罚多少钱", "处货值金额百分之五以上百分之二十以下罚款"),
    ],
)
def test_a_particular_the_text_gives_is_not_missing(question: str, text: str) -> None:
    assert not_stated(question, text) == ()


def test_every_particular_has_a_name_in_both_languages() -> None:
    assert all(kind.name_zh and kind.name_en for kind in particulars())


def test_where_a_particular_is_given_is_told_in_the_text_as_written() -> None:
    text = "持有效國際旅行證件和24小時內國際聯程機票"

    assert [text[start:end] for start, end in stated_at("中间隔多久以内", text)] == ["24小時"]
    assert stated_at("归谁管", text) == ()
