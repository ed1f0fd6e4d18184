"""What the partials are shown with in the gallery."""

from typing import Any

from django import forms
from django.core.paginator import Paginator


class Filters(forms.Form):
    state = forms.ChoiceField(label="状态", choices=[("open", "未完成")], required=False)


class Person(forms.Form):
    name = forms.CharField(label="姓名", help_text="身份证上的姓名")
    compound = forms.ChoiceField(label="小区", choices=[("a", "明珠华府"), ("b", "水岸星城")], required=False)
    kind = forms.ChoiceField(label="居住情况", choices=[("a", "常住"), ("b", "租户")], widget=forms.RadioSelect)
    away = forms.BooleanField(label="外出", required=False)
    remark = forms.CharField(label="备注", widget=forms.Textarea, required=False)


def wrong_form() -> Person:
    form = Person({"remark": "x"})
    form.add_error(None, "身份证号与出生日期对不上，请核对。")
    return form


def parts() -> dict[str, Any]:
    states = ("open", "refused", "help", "away", "done", "waiting")
    return {
        "lead": "把没做完的一户一户找到。",
        "label": "开始扫楼",
        "form": Filters(),
        "wrong": wrong_form(),
        "community_name": "八里岔社区",
        "drill": True,
        "figures": [
            {"number": 1204, "unit": "人", "label": "未完成", "url": "/x", "state": "open", "note": "共 5969"},
            {"number": 173, "label": "外出", "state": "away"},
        ],
        "page": Paginator(range(500), 50).page(3),
        "crumbs": [{"url": "/", "label": "八里岔社区"}, {"url": "/r", "label": "第 3 轮核酸"}],
        "table": {
            "caption": "未完成的人",
            "columns": [{"label": "姓名"}, {"label": "地址"}, {"label": "状态"}, {"label": "次数", "numeric": True}],
            "rows": [
                {
                    "cells": [
                        {"text": "王秀英", "url": "/p"},
                        {"text": "3栋 501"},
                        {"state": s},
                        {"text": n, "numeric": True},
                    ]
                }
                for n, s in enumerate(states)
            ],
        },
        "problems": [
            {
                "where": "第 12 行",
                "field": "身份证号",
                "read": "42010619550101123",
                "message": "少了一位。",
                "act": "请补上。",
            },
            {"where": "第 40 行", "message": "看不出是哪栋楼。", "level": "error"},
        ],
        "job": {
            "id": "job",
            "done": 3120,
            "total": 5969,
            "label": "正在导入台账",
            "url": "/jobs/1",
            "stop_url": "/stop",
        },
    }
