import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.pure.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('directory', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
                ('state', models.CharField(choices=[('ouvert', 'à vérifier'), ('lecture', 'aperçu en préparation'), ('apercu', 'aperçu prêt'), ('ecriture', 'en cours'), ('fini', 'terminé'), ('refuse', 'fichier refusé'), ('annule', 'annulé')], default='ouvert', max_length=10, verbose_name='état')),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False, verbose_name='commencé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='terminé le')),
                ('file', models.FileField(max_length=200, upload_to='imports/', verbose_name='fichier')),
                ('file_name', models.CharField(max_length=200, verbose_name='nom du fichier')),
                ('size', models.PositiveBigIntegerField(verbose_name='taille en octets')),
                ('sha256', models.CharField(max_length=64)),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('vintage', models.DateField(blank=True, null=True, verbose_name='date des données')),
                ('nature', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.nature')),
                ('format', models.CharField(max_length=4, verbose_name='format')),
                ('encoding', models.CharField(blank=True, max_length=12, verbose_name='encodage')),
                ('separator', models.CharField(blank=True, max_length=1, verbose_name='séparateur')),
                ('sheet', models.CharField(blank=True, max_length=120, verbose_name='feuille')),
                ('header_row', models.PositiveIntegerField(default=0, verbose_name='ligne des titres')),
                ('titles', models.JSONField(blank=True, default=list)),
                ('connector', models.CharField(blank=True, max_length=30)),
                ('cursor', models.PositiveIntegerField(default=0)),
                ('read_count', models.PositiveIntegerField(default=0, verbose_name='lignes lues')),
                ('created_count', models.PositiveIntegerField(default=0, verbose_name='fiches à créer')),
                ('linked_count', models.PositiveIntegerField(default=0, verbose_name='fiches reconnues')),
                ('changed_count', models.PositiveIntegerField(default=0, verbose_name='fiches à relire')),
                ('unchanged_count', models.PositiveIntegerField(default=0, verbose_name='inchangées')),
                ('refused_count', models.PositiveIntegerField(default=0, verbose_name='lignes refusées')),
                ('doubtful_count', models.PositiveIntegerField(default=0, verbose_name='ressemblances')),
                ('failure', models.CharField(blank=True, max_length=30)),
                ('failure_details', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'indexes': [models.Index(fields=['territory', '-created_at'], name='opendata_batch_recent')],
            },
        ),
        migrations.CreateModel(
            name='ImportColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='opendata.importbatch')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('field', models.CharField(blank=True, max_length=30)),
                ('why', models.CharField(blank=True, max_length=30)),
                ('example', models.CharField(blank=True, max_length=120)),
                ('filled_count', models.PositiveIntegerField(default=0)),
                ('aside_count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'name'), name='opendata_column_once')],
            },
        ),
        migrations.CreateModel(
            name='OutsideRecord',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('outside_id', models.CharField(max_length=200, verbose_name='identifiant chez elle')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outside_records', to='directory.organisation')),
                ('values', models.JSONField(default=dict)),
                ('before', models.JSONField(blank=True, default=dict)),
                ('raw', models.JSONField(blank=True, default=dict)),
                ('vintage', models.DateField(blank=True, null=True, verbose_name='date des données')),
                ('created_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='created', to='opendata.importbatch')),
                ('seen_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seen', to='opendata.importbatch')),
                ('made_organisation', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField(default=terreau.kernel.clock.now, verbose_name='vue le')),
            ],
            options={
                'verbose_name': "fiche d'une source",
                'verbose_name_plural': 'fiches de sources',
                'constraints': [models.UniqueConstraint(fields=('territory', 'source', 'outside_id'), name='opendata_outside_once'), models.CheckConstraint(condition=models.Q(('outside_id', ''), _negated=True), name='opendata_outside_named', violation_error_message='Une fiche de source a un identifiant.')],
            },
        ),
        migrations.CreateModel(
            name='RememberedColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('signature', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('territory', 'signature'), name='opendata_columns_once')],
            },
        ),
        migrations.CreateModel(
            name='Resemblance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resemblances', to='opendata.importbatch')),
                ('row', models.PositiveIntegerField(verbose_name='ligne')),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('commune', models.CharField(blank=True, max_length=120, verbose_name='commune')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
                ('same_as_row', models.PositiveIntegerField(blank=True, null=True)),
                ('choice', models.CharField(choices=[('meme', "c'est la même structure"), ('nouvelle', "c'est une autre structure"), ('cote', 'laisser de côté')], default='cote', max_length=10, verbose_name='décision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'row'), name='opendata_resemblance_once')],
            },
        ),
        migrations.CreateModel(
            name='RowProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='opendata.importbatch')),
                ('row', models.PositiveIntegerField(verbose_name='ligne')),
                ('column', models.CharField(blank=True, max_length=300, verbose_name='colonne')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='valeur')),
                ('code', models.CharField(max_length=30)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('refuses', models.BooleanField(default=True)),
                ('cells', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['batch', 'refuses', 'row'], name='opendata_problem_row')],
            },
        ),
    ]
