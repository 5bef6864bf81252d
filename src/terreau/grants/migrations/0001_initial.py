import django.core.validators
import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
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
            name='Call',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('start', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='début')),
                ('start_earliest', models.DateField(editable=False, null=True)),
                ('start_latest', models.DateField(editable=False, null=True)),
                ('end', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='fin')),
                ('end_earliest', models.DateField(editable=False, null=True)),
                ('end_latest', models.DateField(editable=False, null=True)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('other_names', models.JSONField(blank=True, default=list, verbose_name='autres noms')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='directory.organisation', verbose_name='porteur')),
                ('rhythm', models.CharField(blank=True, choices=[('fil_de_l_eau', "au fil de l'eau, sans date limite"), ('sessions', 'à chaque session, à dates fixes'), ('annuel', 'une fois par an'), ('ponctuel', 'une seule fois')], max_length=15, verbose_name='rythme')),
                ('rhythm_note', models.TextField(blank=True, verbose_name='note sur le rythme')),
                ('cap', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='plafond')),
                ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}$', "Une devise s'écrit en trois capitales : EUR.")], verbose_name='devise')),
                ('cap_per', models.CharField(blank=True, choices=[('projet', 'par projet'), ('structure', 'par structure'), ('an', 'par an')], max_length=10, verbose_name='plafond par')),
                ('yearly_budget', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='budget annuel')),
                ('candidates', models.TextField(blank=True, verbose_name='candidats')),
                ('selection_rule', models.TextField(blank=True, verbose_name='principe de sélection')),
                ('can_be_combined', models.BooleanField(blank=True, null=True, verbose_name='cumul possible')),
                ('unknowns', models.JSONField(blank=True, default=list, verbose_name='lacunes')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('laureates', models.ManyToManyField(blank=True, related_name='calls_won', to='directory.organisation', verbose_name='lauréats connus')),
            ],
            options={
                'verbose_name': 'appel à projets',
                'verbose_name_plural': 'appels à projets',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='grants_call_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('start_earliest', None), ('end_latest', None), ('start_earliest__lte', models.F('end_latest')), _connector='OR'), name='grants_call_start_end', violation_error_message='La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse.'), models.CheckConstraint(condition=models.Q(('cap', None), ('cap__gt', 0), _connector='OR'), name='grants_cap_positive', violation_error_message='Un plafond est positif ; inconnu, il reste vide.'), models.CheckConstraint(condition=models.Q(('yearly_budget', None), ('yearly_budget__gt', 0), _connector='OR'), name='grants_budget_positive', violation_error_message='Un budget est positif ; inconnu, il reste vide.'), models.CheckConstraint(condition=models.Q(models.Q(('cap', None), _negated=True), ('cap_per', ''), _connector='OR'), name='grants_cap_per_something', violation_error_message='Dire par quoi vaut un plafond suppose son montant.')],
            },
        ),
        migrations.CreateModel(
            name='CallOutcome',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='grants.call', verbose_name='appel à projets')),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('sort', models.CharField(choices=[('argent', 'argent'), ('pret', 'prêt ou garantie'), ('appui', 'appui'), ('reseau', 'réseau'), ('marche', 'marché ou commande'), ('nature', 'don ou prêt en nature')], max_length=10, verbose_name='type')),
            ],
            options={
                'verbose_name': "issue d'un appel",
                'verbose_name_plural': "issues d'un appel",
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='grants_calloutcome_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='CallTarget',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='grants.call', verbose_name='appel à projets')),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
            ],
            options={
                'verbose_name': "cible d'un appel",
                'verbose_name_plural': "cibles d'un appel",
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='grants_calltarget_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='ReportedEffect',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='grants.call')),
                ('summary', models.TextField(verbose_name='résumé')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SupportScheme',
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
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supports_given', to='directory.organisation', verbose_name='porteur')),
                ('beneficiary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supports_received', to='directory.organisation', verbose_name='bénéficiaire')),
                ('sort', models.CharField(choices=[('argent', 'argent'), ('pret', 'prêt ou garantie'), ('appui', 'appui'), ('reseau', 'réseau'), ('marche', 'marché ou commande'), ('nature', 'don ou prêt en nature')], max_length=10, verbose_name='type')),
                ('period', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='période')),
                ('period_earliest', models.DateField(editable=False, null=True)),
                ('period_latest', models.DateField(editable=False, null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'appui',
                'verbose_name_plural': 'appuis',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='grants_supportscheme_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gt', 0), _connector='OR'), name='grants_support_positive', violation_error_message='Un montant est positif ; inconnu, il reste vide.')],
            },
        ),
    ]
