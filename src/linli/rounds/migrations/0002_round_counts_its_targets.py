from django.db import migrations, models

COUNT = """
update rounds_round r
set frozen = c.frozen, newcomers = c.newcomers, frozen_digest = c.digest
from (
    select round_id, count(*) filter (where joined = 'frozen') as frozen,
           count(*) filter (where joined = 'newcomer') as newcomers,
           encode(sha256(convert_to(coalesce(
               string_agg(id::text, ',' order by id) filter (where joined = 'frozen'), ''), 'UTF8')), 'hex') as digest
    from rounds_target group by round_id
) c
where r.id = c.round_id
"""


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial")]

    operations = [
        migrations.AddField("round", "frozen", models.PositiveIntegerField(default=0)),
        migrations.AddField("round", "frozen_digest", models.CharField(blank=True, max_length=64)),
        migrations.AddField("round", "newcomers", models.PositiveIntegerField(default=0)),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
