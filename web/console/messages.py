"""The console's own words: simplified Chinese in templates and modules, with their English here.

A test holds this list against what uses it. What a page shares with the portal stands in the portal's list.
"""

from collections.abc import Mapping

from web.locale import Locale, in_locale
from web.portal.messages import ENGLISH as PORTAL_ENGLISH

ENGLISH: Mapping[str, str] = {
    # frame
    "工作台": "Console",
    "收件箱": "Inbox",
    "已发布答复": "Published replies",
    "派单规律": "Learned routes",
    "发件箱": "Outbox",
    "法规新版": "New editions",
    "账号": "Accounts",
    "退出": "Sign out",
    # signing in
    "登录工作台": "Sign in to the console",
    "工作人员使用；查询自己的问题不用登录。": "For staff; your own question needs no account.",
    "请输入验证器里现在的六位验证码。": "Please enter the six-digit code your app shows now.",
    "账号或密码不对。": "Name or password is wrong.",
    "密码": "Password",
    "验证码（未开启两步验证的不填）": "Code (only with a second factor)",
    "登录": "Sign in",
    # account
    "我的账号": "My account",
    "首次登录，请先更改密码。": "This is your first sign-in; please change your password.",
    "更改密码": "Change password",
    "现在的密码": "Present password",
    "新密码": "New password",
    "至少 10 个字符；更改后其他设备会退出登录。": "At least 10 characters; other devices are signed out.",
    "再输一次新密码": "New password again",
    "两步验证": "Second factor",
    "已开启，登录时须输入验证码。": "On: a code is asked for at sign-in.",
    "关闭两步验证": "Turn the second factor off",
    "在验证器应用里添加这个密钥，再输入它显示的六位验证码：": (
        "Add this key to your authenticator app and enter the six-digit code it shows:"
    ),
    "在本机的验证器里打开": "Open in the authenticator on this device",
    "验证码": "Code",
    "开启": "Turn on",
    "未开启。开启后，登录时除密码外还要输入手机验证器里的六位验证码。": (
        "Off. When on, sign-in asks for a six-digit code from your telephone besides the password."
    ),
    "设置两步验证": "Set up a second factor",
    "在所有设备上退出登录": "Sign out everywhere",
    # inbox
    "分类": "Piles",
    "在办": "Open",
    "待派单": "To be routed",
    "无对应单位": "No agency fits",
    "需协调": "Escalated",
    "待审核": "To be approved",
    "全部": "All",
    "已逾期": "Overdue",
    "一天内到期": "Due within a day",
    "未到期": "Not yet due",
    "暂停计时": "Paused",
    "已办": "Done",
    "搜索": "Search",
    "工单号或问题里的字": "Number, or words of the question",
    "状态": "State",
    "不限": "Any",
    "时限": "Due",
    "承办单位": "Agency",
    "筛选": "Filter",
    "共 {total} 张，第 {number}/{pages} 页": "{total} tickets, page {number} of {pages}",
    "选择": "Choose",
    "问题": "Question",
    "{count} 人同问": "asked by {count}",
    "把选中的派给": "Route the chosen to",
    "选择单位": "Choose an agency",
    "派单": "Route",
    "没有符合条件的工单。": "No ticket fits.",
    "分页": "Pages",
    "上一页": "Previous",
    "下一页": "Next",
    # ticket
    "已并入": "Merged into",
    "下面是在您之后的改动。您填写的内容还在表单里，核对后可以再次提交：": (
        "This has changed since you looked. What you typed is still in the form; check and send it again:"
    ),
    "待审核的答复": "Reply to be approved",
    "引用条款": "Clauses cited",
    "问法": "Wordings",
    "起草": "Written by",
    "有效期至": "Valid until",
    "已发布的答复": "Published reply",
    "查看全文": "Full text",
    "以往的答复": "Earlier replies",
    "会话": "Conversation",
    "改动": "Changes",
    "已延期": "extended",
    "该年放假安排尚未公布，按周一至周五推算": (
        "that year's holidays are not announced yet; Monday to Friday is assumed"
    ),
    "办理": "Act",
    "为什么不属于本单位，应归谁": "Why it is not yours, and whose it is",
    "需要补充什么": "What is missing",
    "延期的理由（只能延一次）": "Reason for the extension (only once)",
    "并入的工单号": "Number of the ticket to follow",
    "理由": "Reason",
    "理由（提问人会看到）": "Reason (the asker sees it)",
    "备注（提问人看不到）": "Note (the asker does not see it)",
    "需要修改什么": "What has to be changed",
    "提问人（{count}）": "Askers ({count})",
    "简体": "Simplified",
    "繁体": "Traditional",
    "未留联系方式": "no contact left",
    "相近的工单": "Similar tickets",
    "提问人": "Asker",
    # routing
    "改派": "Redirect",
    "建议单位": "Proposed",
    "主办": "Lead",
    "共同办理": "Joint",
    "不指定主办，在下面勾选共同办理单位": "No lead; tick the joint agencies below",
    "没有条款指明单位，请选择。": "No clause names an agency; please choose.",
    "其他单位": "Other agencies",
    "理由（改派在办工单时必填）": "Reason (needed to redirect)",
    "最接近的条款 {basis} 写明由它负责": "The nearest clause {basis} names it",
    "与 {basis} 相近的问题转给过它 {times} 次，最近是 {number}": (
        "Questions near {basis} went there {times} times, last {number}"
    ),
    # reply
    "标题（一句话说明答的是什么）": "Heading (what it answers, in a sentence)",
    "答复内容": "Reply",
    "常用语": "Phrases",
    "查找条款": "Find clauses",
    "已引用": "Cited",
    "找到的条款": "Found",
    "没有找到条款。": "No clause was found.",
    "只引其中一句": "Only a sentence of it",
    "问法（每行一条，别人这样问也会得到这份答复）": "Wordings, one a line (asked so, it is answered so)",
    "有效期至（不填为长期）": "Valid until (empty: no end)",
    "保存草稿": "Save draft",
    "提交审核": "Submit",
    "审核并发布": "Approve and publish",
    "退回修改": "Send back",
    # acts and events
    "登记": "kept",
    "变更状态": "moved",
    "提问人并入": "joined by its asker",
    "延期": "Extend",
    "重新办理": "Reopen",
    "提问人补充": "asker added",
    "提问人撤回": "withdrawn by its asker",
    "删除内容": "words erased",
    "受理": "Accept",
    "不予受理": "Decline",
    "并单": "Merge",
    "拆单": "Split",
    "办结": "Close",
    "接办": "Take",
    "退回": "Return",
    "请提问人补充": "Ask the asker",
    "继续办理": "Resume",
    "备注": "Note",
    "着手办理": "Response",
    "按时完成": "kept in time",
    "逾期完成": "done late",
    "计时中": "running",
    # accounts
    "{name} 的初始密码，只显示这一次：": "First password of {name}, shown only this once:",
    "姓名": "Name",
    "角色": "Role",
    "邮箱": "E-mail",
    "操作": "Actions",
    "已停用": "closed",
    "待改密码": "password to be changed",
    "正常": "open",
    "重设密码": "Reset password",
    "停用": "Close",
    "新建账号": "New account",
    "单位（经办和审核）": "Agency (clerks and approvers)",
    "无": "None",
    # outbox
    "待发 {pending}，已发 {sent}，未能送达 {dead}": "{pending} to send, {sent} sent, {dead} not delivered",
    "时间": "Time",
    "通知": "Notice",
    "为什么没有送达": "Why not delivered",
    "再发一次": "Send again",
    "没有未送达的通知。": "Everything was delivered.",
    "告知答复": "answer told",
    "请企业补充": "asker asked",
    "派单通知": "routed",
    "送审通知": "submitted",
    "退回修改通知": "sent back",
    "退回通知": "returned",
    "已补充通知": "asker added",
    "重新办理通知": "reopened",
    "催办": "reminder",
    "复核通知": "review wanted",
    # routes
    "从派单中学到的：与某一条款相近的问题转给哪个单位。保留的总会建议，弃用的不再建议。": (
        "Learned from routing: where questions near a clause go. What is kept is always proposed, "
        "what is dropped never."
    ),
    "条款": "Clause",
    "次数": "Times",
    "最近的工单": "Last ticket",
    "保留": "Keep",
    "弃用": "Drop",
    "还没有学到什么。": "Nothing has been learned yet.",
    "新学到": "learned",
    "已保留": "kept",
    "已弃用": "dropped",
    # editions
    "有几个版本的法规。新版改动的条文，可能有问法、答复要跟着改。": (
        "Laws that are here in several editions. Wordings and replies may have to follow what a new one "
        "changes."
    ),
    "法规": "Law",
    "涉及的内容": "What it touches",
    "查看": "Show",
    "每份法规都只有一个版本。": "There is but one edition of each law.",
    "（已删去）": " (gone)",
    "条文": "Article",
    "变动 {count} 条": "{count} articles differ",
    "逐条对照": "Compare article by article",
    "以它为依据的措施": "Measures that rest on it",
    "没有以它为依据的措施。": "No measure rests on it.",
    "没有涉及的问法。": "It touches no wording.",
    "没有涉及的答复。": "It touches no reply.",
    "已给出的答复": "Answers given",
    "没有引用过旧条文的答复。": "No answer quoted the old articles.",
    # replies
    "引用的条款修改或失效后，答复自动暂停使用，由发布单位复核。": (
        "When a clause it cites is amended or expires, a reply is out of use until its agency reviews it."
    ),
    "有变动的条款：": "Changed clauses: ",
    "审核": "approved by",
    "复核无误，恢复使用": "Still right, use it again",
    "撤下": "Withdraw",
    "还没有发布过答复。": "No reply has been published yet.",
    "有效": "in force",
    "已过期": "expired",
    "已更新": "superseded",
}


def translate_console(locale: Locale, source: str, **about: object) -> str:
    """``source`` in the language of the page, its gaps filled from ``about``."""
    english = ENGLISH.get(source) or PORTAL_ENGLISH.get(source, source)
    words = in_locale(locale, source, english)
    return words.format(**about) if about else words
