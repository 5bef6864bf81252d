import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
                ('score', models.FloatField(verbose_name='score')),
                ('reasons', models.JSONField(default=list, verbose_name='raisons')),
                ('state', models.CharField(choices=[('open', 'à examiner'), ('ignored', 'laissée de côté'), ('distinct', 'deux structures différentes'), ('merged', 'fusionnée')], default='open', max_length=10, verbose_name='état')),
                ('decided_by', models.UUIDField(blank=True, editable=False, null=True)),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('decided_score', models.FloatField(blank=True, editable=False, null=True)),
                ('found_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'doublon possible',
                'verbose_name_plural': 'doublons possibles',
                'indexes': [models.Index(fields=['territory', 'state', '-score'], name='duplicates_by_score')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicates_one_pair'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicates_pair_in_order', violation_error_message="Une paire relie deux fiches, la plus ancienne d'abord."), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='duplicates_score', violation_error_message='Un score est entre 0 et 1.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'open')), models.Q(('decided_at__isnull', False), models.Q(('state', 'open'), _negated=True)), _connector='OR'), name='duplicates_decided_has_date', violation_error_message='Une décision porte une date, et une date suppose une décision.')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('result', models.UUIDField(editable=False)),
                ('result_version', models.PositiveIntegerField(default=1, editable=False)),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('originals', models.JSONField(default=list, verbose_name='fiches réunies')),
                ('merged_by', models.UUIDField(blank=True, editable=False, null=True)),
                ('merged_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('undone_by', models.UUIDField(blank=True, editable=False, null=True)),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'fusion',
                'verbose_name_plural': 'fusions',
                'indexes': [models.Index(fields=['territory', '-merged_at'], name='duplicates_merge_when')],
            },
        ),
        migrations.CreateModel(
            name='MergeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='duplicates.merge')),
                ('place', models.PositiveIntegerField()),
                ('did', models.CharField(max_length=6)),
                ('table', models.CharField(max_length=80)),
                ('row', models.CharField(max_length=60)),
                ('column', models.CharField(blank=True, max_length=60)),
                ('old', models.JSONField(null=True)),
                ('new', models.JSONField(null=True)),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('merge', 'place'), name='duplicates_step_place')],
            },
        ),
    ]
