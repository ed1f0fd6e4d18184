"""Every sentence the ledger reader can say: code to (Chinese, English), with named placeholders."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "wrong_type": (
        "这个文件不是表格，而是{found}。请上传 .xlsx、.xls、.ods 或 .csv 文件。",
        "This file is not a spreadsheet but {found_en}. Upload an .xlsx, .xls, .ods or .csv file.",
    ),
    "password_protected": (
        "这个文件有打开密码，读不出来。请在表格软件里取消密码，另存后再上传。",
        "This file opens only with a password. Remove the password in your spreadsheet program, save it and upload it again.",
    ),
    "macros": (
        "这个文件带有宏（小程序）。为了安全，带宏的文件不予读取。请另存为不带宏的“.xlsx”后再上传。",
        "This file carries macros. For safety it is not read. Save it as an .xlsx without macros and upload it again.",
    ),
    "empty": (
        "这个文件是空的，没有任何内容。请检查是不是选错了文件。",
        "This file is empty. Check whether it is the right one.",
    ),
    "not_a_ledger": (
        "没有找到姓名列，这个文件看起来不是居民台账。读到的工作表：{sheets}。台账至少要有一列姓名，最好有表头。",
        "No column of names was found, so this does not look like a household ledger. Sheets read: {sheets}. "
        "A ledger needs at least a column of names, and better a header row.",
    ),
    "no_people": (
        "表头读懂了，但一个人也没有读到。读到的工作表：{sheets}。请检查是不是空白模板。",
        "The headers were understood, but no person was found. Sheets read: {sheets}. Check whether this is an empty form.",
    ),
    "too_many_rows": (
        "工作表“{sheet}”超过 {limit} 行，一个社区的台账不会这么大。请按社区拆分，或删除表格下方的空白格式行后再上传。",
        "Sheet “{sheet}” has more than {limit} rows; no community's ledger is that large. Split it by community, "
        "or delete formatted empty rows below the table, and upload it again.",
    ),
    "too_many_columns": (
        "工作表“{sheet}”有 {columns} 列，最多 {limit} 列。请删除右侧多余的列后再上传。",
        "Sheet “{sheet}” has {columns} columns; at most {limit} are read. Delete the surplus columns on the right.",
    ),
    "zip_bomb": (
        "这个文件解开后大得不合常理（{unpacked_mib} MB），不予读取。请在表格软件里重新另存为 .xlsx 后再上传。",
        "Unpacked, this file is implausibly large ({unpacked_mib} MB) and is not read. Save it afresh as .xlsx and upload it again.",
    ),
    "too_big": (
        "这个文件太大，读取时超出了内存限制。请按小区拆成几个文件，或删除空白行列后再上传。",
        "This file is too large to be read within the memory limit. Split it by compound, or delete empty rows and columns.",
    ),
    "too_slow": (
        "读了 {seconds} 秒还没有读完，已停止。请按小区拆成几个文件后再上传。",
        "Reading was stopped after {seconds} seconds. Split the file by compound and upload the parts.",
    ),
    "undecodable": (
        "这个文本文件的文字编码认不出来，读出来会是乱码。请在表格软件里另存为 .xlsx，或另存为 UTF-8 编码的 .csv。",
        "The text encoding of this file could not be recognised. Save it as .xlsx, or as .csv in UTF-8.",
    ),
    "corrupt": (
        "这个文件已损坏，或不是完整的{kind}文件。请重新下载或另存后再上传。",
        "This file is damaged or not a complete {kind} file. Download or save it again and upload it.",
    ),
    "reader_failed": (
        "读取这个文件时程序出错，没有导入任何内容。请另存为 .xlsx 后再试；仍不行，请联系系统管理员。",
        "The program failed on this file; nothing was imported. Save it as .xlsx and try again, or tell the administrator.",
    ),
    "no_form": (
        "没有找到表头，看不出要填哪些列。读到的工作表：{sheets}。表里要有一行列名，例如“姓名”“身份证号”或“总户数”。",
        "No header row was found, so it is not clear what to fill in. Sheets read: {sheets}. A form needs a row of column names.",
    ),
    "not_blank": (
        "工作表“{sheet}”不是空白表：从第 {first} 行起已有 {rows} 人的信息。请删去这些行后再上传；要导入居民信息，请到“住户台账”上传。",
        "Sheet “{sheet}” is not blank: {rows} people stand in it from row {first}. Delete those rows and upload it again; to import people, use the household ledger.",
    ),
    "unreadable": (
        "文件打不开：{path}。请检查文件是否存在、是否有权限读取。",
        "The file could not be opened: {path}. Check that it exists and may be read.",
    ),
}

FLAGS: dict[str, tuple[str, str]] = {
    "id_check_digit": (
        "身份证号码“{read}”校验不通过，可能有一位写错。",
        "The identity number “{read}” fails its check digit; one digit is probably wrong.",
    ),
    "id_precision_lost": (
        "身份证号码被存成了数字，末尾几位已丢失（读到“{read}”）。请把该列设为文本后重新填写。",
        "The identity number was stored as a number and its last digits are lost (read “{read}”). Make the column text and enter it again.",
    ),
    "id_length": (
        "身份证号码“{read}”位数不对，应为 18 位。",
        "The identity number “{read}” has the wrong length; it should have 18 characters.",
    ),
    "id_missing": ("没有身份证号码。", "There is no identity number."),
    "duplicate_person": (
        "身份证号码“{read}”前面已经出现过，这一行已并入前面的人。",
        "The identity number “{read}” appeared before; this row was merged into that person.",
    ),
    "id_birth_date": (
        "身份证号码“{read}”里的出生日期不存在。",
        "The birth date inside the identity number “{read}” does not exist.",
    ),
    "id_division_unknown": (
        "身份证号码“{read}”开头不是已知的省份代码。",
        "The identity number “{read}” does not begin with a known province code.",
    ),
    "id_kind_unknown": (
        "证件号码“{read}”不是常见的证件格式，已按“其他证件”保存。",
        "The document number “{read}” has no known form and was kept as another document.",
    ),
    "id_shared": (
        "身份证号码“{read}”前面已用于另一个名字，这一行的人按没有证件号码保存。请核对是谁的号码。",
        "The identity number “{read}” was used before with another name; this person is kept without it. Check whose number it is.",
    ),
    "duplicate_other_address": (
        "同一个人在另一处住址（{read}）又登记了一次。",
        "The same person is also entered at another address ({read}).",
    ),
    "possible_duplicate": (
        "同一住址前面已有同名的人，可能重复。",
        "The same dwelling already has a person of this name; possibly entered twice.",
    ),
    "address_missing": (
        "没有住址，已放在“住址不详”。",
        "There is no address; the person is kept under an unknown address.",
    ),
    "address_unclear": (
        "住址“{read}”没有完全读懂，请核对楼栋、单元、房号。",
        "The address “{read}” was not fully understood; check building, unit and room.",
    ),
    "address_as_date": (
        "房号被表格软件改成了日期（读到“{read}”），已按月-日还原。",
        "The address was turned into a date (read “{read}”); month and day were taken back as numbers.",
    ),
    "unit_missing": (
        "没有写单元，已按 1 单元处理，但这栋楼还有其他单元。",
        "No unit is given; unit 1 was assumed, but this building has other units.",
    ),
    "room_missing": ("没有房号（读到“{read}”）。", "There is no room number (read “{read}”)."),
    "sex_disagrees": (
        "性别“{read}”与身份证号码不一致，已按表格保存。",
        "The sex “{read}” disagrees with the identity number; the cell was kept.",
    ),
    "sex_unknown": ("性别“{read}”认不出来。", "The sex “{read}” was not understood."),
    "birth_disagrees": (
        "出生日期“{read}”与身份证号码不一致，已按表格保存。",
        "The birth date “{read}” disagrees with the identity number; the cell was kept.",
    ),
    "birth_invalid": ("出生日期“{read}”不是有效日期。", "The birth date “{read}” is not a valid date."),
    "phone_invalid": (
        "电话“{read}”不是有效号码，已记在备注里。",
        "The phone number “{read}” is not valid; it was kept in the remarks.",
    ),
    "category_unknown": (
        "人员类别“{read}”认不出来，已按常住处理。",
        "The category “{read}” was not understood; the person counts as a resident.",
    ),
    "name_missing": ("这一行没有姓名。", "This row has no name."),
    "landlord_missing": ("租户没有填写房东信息。", "A tenant without any word on the landlord."),
    "landlord_disagrees": (
        "同一住址写了不同的房东（{read}），以先写的为准。",
        "The same dwelling has different landlords ({read}); the first was kept.",
    ),
}

PROBLEMS: dict[str, tuple[str, str]] = {
    "row_not_understood": ("这一行没有读懂，未导入：{read}", "This row was not understood and not imported: {read}"),
    "hidden_sheet": (
        "隐藏的工作表没有读取。如需导入请取消隐藏。",
        "A hidden sheet was not read. Unhide it to import it.",
    ),
    "sheet_without_table": (
        "这个工作表没有人员表格，未导入。",
        "This sheet holds no table of people and was not imported.",
    ),
    "compound_unknown": (
        "没有读到小区名称，请在导入前确认。",
        "No compound name was found; please confirm it before importing.",
    ),
    "bytes_replaced": (
        "有 {read} 处文字无法按编码读出，已用“�”代替。",
        "{read} pieces of text could not be decoded and were replaced by “�”.",
    ),
    "vacant_unmarked": (
        "这一行只有住址没有人，也没有注明空置，已按空置处理。",
        "This row has an address but nobody, and does not say vacant; it was taken as vacant.",
    ),
}


def sentence(kind: str, read: str, language: str) -> str:
    """Return the sentence for a flag or problem kind in `zh-hans` or `en`."""
    zh, en = (FLAGS | PROBLEMS)[kind]
    return (zh if language.startswith("zh") else en).format(read=read)
