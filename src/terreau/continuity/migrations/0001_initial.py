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
            name='ConclusionPoint',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
            ],
            options={
                'verbose_name': 'point de la conclusion',
                'verbose_name_plural': 'points de la conclusion',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_conclusionpoint_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_conclusionpoint_has_name', violation_error_message='Écrire le nom.')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='directory.organisation', verbose_name='apporteur')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'apport',
                'verbose_name_plural': 'apports',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_contribution_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_contribution_has_name', violation_error_message='Écrire le nom.'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='continuity_contribution_rank', violation_error_message='Le rang commence à 1.')],
            },
        ),
        migrations.CreateModel(
            name='Ingredient',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
            ],
            options={
                'verbose_name': 'ingrédient',
                'verbose_name_plural': 'ingrédients',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_ingredient_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_ingredient_has_name', violation_error_message='Écrire le nom.'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='continuity_ingredient_rank', violation_error_message='Le rang commence à 1.')],
            },
        ),
        migrations.CreateModel(
            name='IngredientIndicator',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('ingredient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='continuity.ingredient', verbose_name='ingrédient')),
                ('status', models.CharField(choices=[('proposition', 'proposé'), ('retenu', 'retenu'), ('mesure', 'mesuré'), ('abandonne', 'abandonné')], default='proposition', max_length=15, verbose_name='statut')),
                ('observed_in', models.CharField(blank=True, choices=[('fonctions', 'les fonctions tenues dans le temps'), ('temoignages', 'les témoignages'), ('plans', 'les plans et leurs actions'), ('instances', 'les instances'), ('evenements', 'les événements'), ('appels', 'les appels à projets'), ('organisations', "l'annuaire des organisations"), ('frise', 'la frise'), ('relations', 'les liens entre organisations'), ('initiatives', 'les initiatives'), ('chiffres', 'les chiffres'), ('enjeux', 'les enjeux'), ('journal', "le journal d'animation"), ('entraide', "les offres et demandes d'entraide"), ('accompagnements', 'les accompagnements'), ('enquete', 'une enquête auprès des membres')], max_length=20, verbose_name='observé dans')),
            ],
            options={
                'verbose_name': "indicateur d'un ingrédient",
                'verbose_name_plural': "indicateurs d'ingrédients",
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_ingredientindicator_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_ingredientindicator_has_name', violation_error_message='Écrire le nom.')],
            },
        ),
        migrations.CreateModel(
            name='OpenTopic',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='open_topics', to='directory.organisation', verbose_name='porteur')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
            ],
            options={
                'verbose_name': 'sujet régional ouvert',
                'verbose_name_plural': 'sujets régionaux ouverts',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_opentopic_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_opentopic_has_name', violation_error_message='Écrire le nom.')],
            },
        ),
        migrations.CreateModel(
            name='Stake',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('sort', models.CharField(choices=[('enjeu', 'enjeu'), ('tension', 'tension'), ('risque', 'risque'), ('opportunite', 'opportunité'), ('projet', 'projet')], max_length=15, verbose_name='type')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('scale', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.scale', verbose_name='échelle')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('actors', models.ManyToManyField(blank=True, related_name='stakes', to='directory.organisation', verbose_name='acteurs')),
            ],
            options={
                'verbose_name': 'enjeu',
                'verbose_name_plural': 'enjeux',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='continuity_stake_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='continuity_stake_has_name', violation_error_message='Écrire le nom.')],
            },
        ),
    ]
