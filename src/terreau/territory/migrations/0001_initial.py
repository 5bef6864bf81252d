import django.core.validators
import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('full_name', models.CharField(blank=True, max_length=300, verbose_name='nom complet')),
                ('seed_file', models.CharField(blank=True, max_length=200, verbose_name="fichier d'origine")),
                ('state_of_dossier', models.TextField(blank=True, verbose_name='état du dossier')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'territoire',
                'verbose_name_plural': 'territoires',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__in', ['a-propos', 'api', 'catalogue', 'compte', 'connexion', 'fichiers', 'format', 'langue', 'media', 'sante', 'static', 'statique', 'territoires']), _negated=True), name='territory_slug_not_reserved', violation_error_message='Cet identifiant est une adresse du site : en choisir un autre.')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
            ],
            options={
                'verbose_name': 'thème',
                'verbose_name_plural': 'thèmes',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='territory_theme_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Feature',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.theme', verbose_name='thème')),
                ('text', models.TextField(verbose_name='texte')),
            ],
            options={
                'verbose_name': 'trait',
                'verbose_name_plural': 'traits',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='territory_feature_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Perimeter',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('commune_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nombre de communes')),
                ('list_is_known', models.BooleanField(blank=True, null=True, verbose_name='liste connue')),
                ('communes_cited', models.JSONField(blank=True, default=list, verbose_name='communes citées')),
                ('communes_note', models.TextField(blank=True, verbose_name='note sur les communes')),
                ('outside_places', models.JSONField(blank=True, default=list, verbose_name='lieux extérieurs cités')),
            ],
            options={
                'verbose_name': 'périmètre',
                'verbose_name_plural': 'périmètres',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='territory_perimeter_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='PerimeterCommune',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('perimeter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='communes', to='territory.perimeter')),
                ('code', models.CharField(max_length=5, verbose_name='code INSEE')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population municipale')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='latitude')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('perimeter', 'code'), name='territory_commune_once'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='territory_commune_point', violation_error_message='Un point a une longitude entre -180 et 180 et une latitude entre -90 et 90.')],
            },
        ),
        migrations.CreateModel(
            name='PerimeterEpci',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('perimeter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='epcis', to='territory.perimeter')),
                ('code', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'Un SIREN a neuf chiffres.')], verbose_name='SIREN')),
                ('nature', models.CharField(choices=[('communaute_communes', 'communauté de communes'), ('communaute_agglomeration', "communauté d'agglomération"), ('communaute_urbaine', 'communauté urbaine'), ('metropole', 'métropole')], max_length=40, verbose_name='nature')),
                ('created', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='création')),
                ('created_earliest', models.DateField(editable=False, null=True)),
                ('created_latest', models.DateField(editable=False, null=True)),
                ('seat', models.CharField(blank=True, max_length=120, verbose_name='siège')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Scale',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
            ],
            options={
                'verbose_name': 'échelle',
                'verbose_name_plural': 'échelles',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='territory_scale_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='SpecialPerimeter',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.scale', verbose_name='échelle')),
                ('description', models.TextField(blank=True, verbose_name='description')),
            ],
            options={
                'verbose_name': 'périmètre particulier',
                'verbose_name_plural': 'périmètres particuliers',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='territory_specialperimeter_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
    ]
