import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count

_ROWS = 2_000


def count_what_is_there(apps, schema_editor):
    """Name the field of each row kept so far, as its reason begins, and count them."""
    kept = apps.get_model('dashboard', 'Quarantined').objects
    counts = apps.get_model('dashboard', 'KeptAside').objects
    rows = []
    for row in kept.only('pk', 'reason').iterator(_ROWS):
        field = row.reason.partition(':')[0]
        row.field = field if field.isidentifier() and len(field) <= 16 else 'event'
        rows.append(row)
        if len(rows) == _ROWS:
            kept.bulk_update(rows, ['field'])
            rows = []
    kept.bulk_update(rows, ['field'])
    names = ('campaign_id', 'kind', 'field', 'state')
    for row in kept.order_by().values(*names).annotate(number=Count('pk')):
        counts.create(**row)


class Migration(migrations.Migration):

    dependencies = [
        ('dashboard', '0003_seals_history_checks'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('field', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=8)),
                ('number', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='quarantined',
            name='decided_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='quarantined',
            name='decided_ms',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='quarantined',
            name='field',
            field=models.CharField(default='event', max_length=16),
        ),
        migrations.AddIndex(
            model_name='quarantined',
            index=models.Index(fields=['campaign', 'state', 'kind'], name='quarantine_waiting'),
        ),
        migrations.AddField(
            model_name='keptaside',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='dashboard.campaign'),
        ),
        migrations.AddConstraint(
            model_name='keptaside',
            constraint=models.UniqueConstraint(fields=('campaign', 'kind', 'field', 'state'), name='one_count_a_reason'),
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
