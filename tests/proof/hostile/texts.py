"""Texts that would act, break something or deceive if anything took them for more than text."""

ESC, CSI, OSC, BEL, ST = "\x1b", "\x1b[", "\x1b]", "\x07", "\x1b\\"

ALL: tuple[str, ...] = (
    # markup of the screens
    "[/]", "[/red]", "[b]bold[/b]", "[bold red on white]x[/]", "[not a style!! $]x[/]", "[red", "[[b]]", "[]",
    "[@click=app.quit]free gift[/]", "[@click='app.bell']x[/]", "[@click=app.nope(]x[/]", "[@click=screen.dismiss()]x[/]",
    "[link=https://evil.example]x[/link]", "[link='file:///etc/passwd']x[/]", "[$error]x[/]", "[$nothing-like-this]x[/]",
    ":smile: :warning:", "[/]" * 40, "x[/b", "[@mouse.down=x]y[/]",
    # escape sequences
    f"{CSI}31mred", f"{CSI}2Jcleared", f"{CSI}H{CSI}Jhome", f"{CSI}6nasks", f"{CSI}cwho", f"{CSI}?1049lleaves", f"{CSI}21tt",
    f"{CSI}8;1;1t", f"{CSI}5i", f"{CSI}>1u", f"{ESC}c", f"{OSC}0;title{BEL}", f"{OSC}8;;https://evil.example{ST}x{OSC}8;;{ST}",
    f"{OSC}52;c;aGFja2Vk{BEL}", f"{OSC}52;c;?{BEL}", f"{OSC}1337;File=:aGk={BEL}", f"{OSC}777;notify;a;b{BEL}",
    f'{ESC}P$q"p{ST}', f"{ESC}_Ga=T;AAAA{ST}", f"{ESC}Xx{ST}", f"{ESC}O", f"{ESC}", f"end{ESC}", f"{CSI}200~pasted{CSI}201~",
    f"{CSI}201~ls",
    # control characters
    "\x00", "a\x00b", "a\x07b", "a\x08b", "abc\x08\x08\x08xyz", "a\x0bb", "a\x0eb\x0f", "a\x7fb", "\x03", "\x9b31mred",
    "\x9d0;title\x9c", "\x85next", "\xadsoft\xad", "".join(map(chr, range(1, 32))), "".join(map(chr, range(127, 160))),
    # lines
    "two\nlines", "two\r\nlines", "over\rwrite", "a\u2028b", "a\u2029b", "\n" * 50, "end\n", "\nstart", "a\x1cb\x1db\x1eb",
    "ok\n2026-11-23 14:05:00 UTC shoplink 0.1.0: all is well", "x\nTraceback (most recent call last):",
    # directions, and what is not seen
    "\u202egnp.exe", "\u202dabc\u202c", "a\u2066b\u2069c", "\u2067abc\u2069", "\u200fabc", "\u061cabc", "zero\u200bwidth",
    "zero\u200cwidth", "zero\u200dwidth", "\ufeffbom", "word\u2060joiner", "a\u180eb", "\u2800braille", "\u3164filler",
    "\u115fhangul\u1160", "a\u034fb", "\ufff9a\ufffab\ufffb", "\U000e0001\U000e0041\U000e007f",
    "flag \U0001f3f4\U000e0067\U000e0062\U000e007f", "\u00a0nbsp\u00a0", "\u3000wide space", "\ufffd", "متجر الشموع",
    "חנות נרות 123 (abc)",
    # heaps of marks, wide and joined signs
    "e" + "\u0301" * 5, "Z" + "\u0334\u0321\u0353" * 20, "\u0301" * 30, "a" + "\u20dd" * 9, "ก" + "\u0e49" * 20,
    "x\u0488\u0489" * 10, "e" + "\u0301" * 5000, "\u0e01\u0e33" * 40, "नि" * 40, "光の蝋燭店", "Ｆｕｌｌｗｉｄｔｈ",
    "한국어 가게", "👩‍👩‍👧‍👦", "👍🏽", "1️⃣2️⃣#️⃣*️⃣", "❤️☎️✈️", "🇺🇸🇬🇧", "🏴‍☠️", "🧑🏿‍🤝‍🧑🏻", "👩‍" * 40,
    "🏽" * 20, "🇺" * 21, "⚠️" * 60, "ﷺ" * 10, "𒐫" * 5, "⸻" * 10, "\U0001f9ff\ufe0f\u20e3",
    # what cannot be written
    "\ud800", "a\udfffb", "\udce9t\udce9", "\ue000private", "\U000f0000", "\ufffe", "\uffff", "\U0010ffff", "\u0378unassigned",
    # look-alikes
    "Lumen Cаndle Co.", "Ｌｕｍｅｎ", "ⅬⅠⅯⅠⅤ", "Lumen Candle Co．", "lurnen.candles", "1umen.candles", "lumen..candles",
    "lumen.candles.", "ʟᴜᴍᴇɴ", "𝐋𝐮𝐦𝐞𝐧", "İstanbul", "ſhop", "ß", "Kelvin K", "ﬁne",
    # formulas
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "'=1+1", "''=1",
    '=HYPERLINK("http://e")', "＝1+1", '"=1+1"', "=1+1\n=2+2", "-", "\u200b=1+1",
    # templates, questions and paths
    "%s%s%n", "%(name)s", "{0}", "{0.__class__}", "${HOME}", "$(id)", "`id`", "\\x1b[31m", "%", "_", "\\",
    "'; DROP TABLE shop; --", "' OR '1'='1", '" OR ""="', "[a-z]*", "NULL", "../../etc/passwd", "/etc/passwd", "~root/x",
    "C:\\nul", "file:///etc/passwd?mode=rw", "-rf", "--help", ".", "~",
    # the syntax of files
    '{"a": 1}', '"', "'", '","', '"""', "\\n", "\\u0000", "]}", "a,b;c\td", '"a\nb"', "#comment", "\\N{DEL}",
    "<script>alert(1)</script>", "</title><script>x</script>", "<img src=x onerror=x>", "&", "<!--", "<![CDATA[",
    "</text></svg><script/>", "&#x1b;[31m", "javascript:alert(1)", '" onload="x', "{{x}}", "**bold** _it_ `code`",
    "[x](javascript:alert(1))", "![x](http://evil/x.png)", "# heading", "```", "<http://evil>", "BEGIN:VEVENT",
    "END:VCALENDAR", "x\r\nEND:VEVENT\r\nBEGIN:VALARM", "a;b,c\\d:e", "x\r\n DTSTART:20260101",
    # lengths
    "", " ", "   \t ", "x" * 81, "x" * 201, "x" * 501, "光" * 300, "x " * 5000, "a" * 60_000, "9" * 400, "0x" * 3000,
)  # fmt: skip
