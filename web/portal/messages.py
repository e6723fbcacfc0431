"""The pages' own words: simplified Chinese in templates, with their English here; traditional by conversion.

A test holds this list against the templates and modules: no text without English, no English without a text.
"""

from collections.abc import Mapping

from web.locale import Locale, in_locale

ENGLISH: Mapping[str, str] = {
    # every page
    "关问": "Guanwen",
    "跨境贸易便利化政策问答": "Answers on cross-border trade policy",
    "引用政策原文回答跨境贸易便利化问题，注明条款和责任单位": (
        "Answers on easier cross-border trade, quoted from the policy with clause and responsible agencies"
    ),
    "跳到正文": "Skip to content",
    "主导航": "Main",
    "语言": "Language",
    "提问": "Ask",
    "文件": "Documents",
    "责任单位": "Agencies",
    "查工单": "Tickets",
    "答复只引用所列文件的原文，不构成法律意见；以发文单位公布的文本为准。": (
        "Answers only quote the documents listed and are no legal advice; "
        "the text published by the issuer prevails."
    ),
    "接口说明": "API",
    "：": ": ",
    "、": ", ",
    "回到提问页": "Back to the start",
    "报障时请告诉我们这个编号：": "When reporting a fault, please quote: ",
    # the chat
    "跨境贸易的政策问题，直接问": "Ask about cross-border trade policy",
    "这里由程序自动作答，只引用政策文件的原文，注明出自哪一条、由哪些单位负责。"
    "文件里没有答案的问题会登记编号，转给责任单位答复，您可以凭编号查进度。": (
        "A program answers here, by quoting the policy with its clause and the agencies responsible. "
        "Questions that the documents do not answer are numbered and passed on to the agency; "
        "the number lets you follow them."
    ),
    "新会话": "New conversation",
    "开始": "Start",
    "可以这样问": "For example",
    "据以回答：": "Sources: ",
    "问与答": "Questions and answers",
    "您问：": "You asked: ",
    "写下您遇到的事": "Describe what you need, in Chinese if you can",
    "请不要写身份证号、手机号等个人信息": "Please leave out personal data",
    "；回车发送，Shift+回车换行": "; Enter sends, Shift+Enter starts a new line",
    "发送": "Send",
    "按{day}那天有效的规定作答": "Answers are of what is in force on {day}",
    "改回今天": "Back to today",
    "按另一天的规定问": "Ask about another day",
    "哪一天": "Day",
    "确定": "Set",
    "答复只引用那一天有效的规定，并注明现在是否仍然有效。": (
        "Answers then quote only what is in force on that day, and say whether it still is."
    ),
    "正在查找原文…": "Searching the documents…",
    "正在作答…": "Answering…",
    "连接断了，问题没有发出去。请检查网络后再试。": (
        "The connection broke and the question was not sent. Please check your network and try again."
    ),
    "答复没有传完。请再试一次。": "The answer did not arrive whole. Please try again.",
    "请在 {seconds} 秒后再试。": "Please try again in {seconds} seconds.",
    "再试一次": "Try again",
    # an answer
    "答复": "Answer",
    "答复：": "Answer: ",
    "原文有答": "Answered from the text",
    "原文没有写全": "Partly stated",
    "请选一项": "Please choose",
    "原文没有答案": "Not in the text",
    "不在回答范围": "Out of scope",
    "接着问": "Ask next",
    "不是，按原话问": "No, ask it as I wrote it",
    "复制答复": "Copy answer",
    "复制": "Copy",
    "已复制": "Copied",
    "有用": "Helpful",
    "没用": "Not helpful",
    "谢谢，已记下": "Thank you, noted",
    "没有记下，请稍后再试": "Not noted; please try later",
    "原文": "Verbatim",
    "已转简体": "Simplified",
    "已转繁体": "Traditional",
    "查看原文": "Show the original",
    "在文件中查看": "Open in the document",
    "展开其余 {count} 条": "Show {count} more",
    "不是现行文本": "Not the text in force",
    "这一条后来有变动，以上是当时引用的原文": (
        "This clause has changed since; the quotation is what it said then"
    ),
    "责任单位（按职责分工负责）": "Agencies, each in its field",
    "牵头单位在前": "Agencies, leader first",
    # a kept question
    "工单回执": "Receipt",
    "问题已登记，转责任单位答复": "Your question is kept and passed on to the agency",
    "这个问题已登记，目前{state}": "Your question is kept. Status: {state}",
    "工单号": "Ticket number",
    "查询码": "Access code",
    "预计答复": "Answer expected",
    "查询码只显示这一次，请和工单号一起记下。凭这两项可以查办理进度。": (
        "The code is shown only this once. Note it with the number; the two let you follow your question."
    ),
    "查看办理进度": "See how it stands",
    "留个联系方式（可不填）": "Leave a contact (optional)",
    "更换联系方式": "Change the contact",
    "手机号或电子邮箱": "Mobile number or e-mail",
    "保存": "Save",
    "加密保存，只用来答复这个问题。": "Stored encrypted, used only to answer this question.",
    "联系方式已保存，有答复会联系您。": "Your contact is stored; you will be told of the answer.",
    # tickets
    "工单": "Ticket",
    "凭工单号和查询码查看办理进度，不用登录。": (
        "See how your question stands by its number and code; no account needed."
    ),
    "比如 WT-20261123-0007": "for example WT-20261123-0007",
    "登记问题时给出的一组字母和数字": "The letters and digits given when the question was kept",
    "查询": "Look up",
    "没有这张工单，或者查询码不对。请核对后再试。": (
        "There is no such ticket, or the code is wrong. Please check both."
    ),
    "办理进度": "Progress",
    "已完成": "done",
    "您的问题": "Your question",
    "登记时间": "Kept on",
    "最接近的条款": "Nearest clauses",
    "转交单位": "Passed on to",
    "办理记录": "History",
    "联系方式": "Contact",
    "原因：": "Reason: ",
    "回到这次会话": "Back to the conversation",
    # what an asker does with a ticket
    "您的问题与工单 {number} 一并办理，答复后同时告知您。": (
        "Your question is handled together with ticket {number}; you will be told of the answer too."
    ),
    "有一张相近的工单": "A similar ticket is open",
    "工单 {number}（{state}）问的是相近的事。": "Ticket {number} ({state}) asks something similar.",
    "我也是问这个，一并等候答复": "That is my question too; let me wait with it",
    "您仍保留自己的工单号、查询码和联系方式。": "You keep your own number, code and contact.",
    "您的评价：": "Your rating: ",
    "您对这次答复满意吗？": "Are you satisfied with this reply?",
    "补充说明（可不填）": "Anything to add (optional)",
    "评为不满意或非常不满意的，会重新办理。": "If you are dissatisfied, the question is taken up again.",
    "提交评价": "Rate",
    "需要您补充": "More is needed from you",
    "补充的情况": "What you want to add",
    "提交": "Send",
    "删除这个问题": "Delete this question",
    "您写的内容、会话和联系方式会被删除，不能恢复；还没有答复的，不再办理。": (
        "What you wrote, the conversation and your contact are erased for good; "
        "if there is no answer yet, nobody goes on with it."
    ),
    "删除": "Delete",
    # documents
    "所有答复都引自这些文件的原文，一字不改。": "Every answer quotes these documents word for word.",
    "可引用的条款 {count} 条": "{count} clauses to cite",
    "知识库里还没有文件。": "There are no documents yet.",
    "发文单位": "Issued by",
    "文号": "Number",
    "发文日期": "Issued",
    "通过日期": "Adopted",
    "施行日期": "In force from",
    "停止施行": "In force until before",
    "版本": "Edition",
    "版本对照": "Editions compared",
    "{old}版改为{new}版": "From the edition of {old} to that of {new}",
    "旧版": "Old edition",
    "新版": "New edition",
    "对照": "Compare",
    "新增": "new",
    "删去": "gone",
    "修改": "changed",
    "条号变动": "renumbered",
    "没有变动": "no changes",
    "改为": "to",
    "（新增：": " (new: ",
    "（删去：": " (deleted: ",
    "新增的文字": "Words that are new",
    "删去的文字": "Words that are gone",
    "只变条号，文字未动": "Renumbered, words unchanged",
    "本市措施": "What the city does",
    "法律依据": "What the law says",
    "效力": "Status",
    "来源": "Source",
    "现行有效": "In force",
    "待复核": "Under review",
    "已撤下": "Withdrawn",
    "尚未施行": "Not yet in force",
    "已修改": "Amended",
    "已废止": "Repealed",
    "已失效": "Expired",
    "正文字形": "Script of the text",
    "以下由系统转换字形，仅供阅读；引用请以原文为准。": (
        "Converted to this script for reading only; please cite the original."
    ),
    "目录": "Contents",
    "正文": "Text",
    "复制这一条的链接": "Copy the link to this clause",
    # agencies
    "措施末尾写明的负责单位，按参与的措施多少排列。": (
        "Named at the end of the measures, most measures first."
    ),
    "（": " (",
    "）": ")",
    "单位": "Agency",
    "参与措施": "Measures",
    "单独负责": "Alone",
    "统称": "collective",
    "这是文件里的统称，泛指各有关单位，不是一个机构。": (
        "A collective name in the documents for all bodies concerned, not one agency."
    ),
    "也称：": "Also called: ",
    "官方网站": "Official website",
    "参与负责 {total} 项措施：单独 {alone} 项，与其他单位共同 {jointly} 项。": (
        "Takes part in {total} measures: {alone} alone, {jointly} with others."
    ),
    "电话": "Telephone",
    "办公时间": "Hours",
    "地址": "Address",
    "网站": "Website",
    "来源：{where}，{day}核对": "Source: {where}, checked {day}",
    "电话、地址尚未登记。": "Telephone and address are not on record yet.",
    "电话尚未登记。": "The telephone number is not on record yet.",
    "地址尚未登记。": "The address is not on record yet.",
    "与其他单位共同负责": "With others",
    "共同负责": "With",
}


def translate(locale: Locale, source: str, **about: object) -> str:
    """``source`` in the language of the page, its gaps filled from ``about``.

    A text without English stays Chinese: words on a page are worth more than an error page.
    """
    words = in_locale(locale, source, ENGLISH.get(source, source))
    return words.format(**about) if about else words
