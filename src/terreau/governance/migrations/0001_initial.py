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
            name='Body',
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
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='directory.organisation', verbose_name='organisation')),
                ('organisation_certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude du rattachement')),
                ('organisation_itself', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='as_body', to='directory.organisation', verbose_name="dans l'annuaire")),
                ('sort', models.CharField(choices=[('gouvernance', 'instance de gouvernance'), ('comite_de_pilotage', 'comité de pilotage'), ('comite_technique', 'comité technique'), ('groupe_de_travail', 'groupe de travail'), ('commission', 'commission'), ('collectif', 'collectif'), ('jury', 'jury'), ('concertation', 'concertation'), ('assemblee', 'assemblée'), ('conseil_consultatif', 'conseil consultatif'), ('reseau_professionnel', 'réseau professionnel'), ('communaute_apprenante', 'communauté apprenante'), ('accompagnement_collectif', 'accompagnement collectif')], max_length=30, verbose_name='type')),
                ('state', models.CharField(blank=True, choices=[('projet', 'en projet'), ('active', 'active'), ('en_sommeil', 'en sommeil'), ('terminee', 'terminée')], max_length=12, verbose_name='statut')),
                ('purpose', models.TextField(blank=True, verbose_name='rôle')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('themes', models.ManyToManyField(blank=True, related_name='bodies', to='territory.theme', verbose_name='thèmes')),
            ],
            options={
                'verbose_name': 'instance',
                'verbose_name_plural': 'instances',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='governance_body_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('start_earliest', None), ('end_latest', None), ('start_earliest__lte', models.F('end_latest')), _connector='OR'), name='governance_body_start_end', violation_error_message='La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'projet'), _negated=True), ('end', ''), _connector='OR'), name='governance_planned_has_no_end', violation_error_message="Une instance en projet n'a pas de fin.")],
            },
        ),
        migrations.CreateModel(
            name='GovernanceChange',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('when', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='date')),
                ('when_earliest', models.DateField(editable=False, null=True)),
                ('when_latest', models.DateField(editable=False, null=True)),
                ('summary', models.TextField(verbose_name='résumé')),
                ('bodies', models.ManyToManyField(blank=True, related_name='changes', to='governance.body', verbose_name='instances')),
            ],
            options={
                'verbose_name': 'évolution de la gouvernance',
                'verbose_name_plural': 'évolutions de la gouvernance',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='governance_governancechange_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='HubFunction',
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
                ('perimeter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.specialperimeter', verbose_name='périmètre')),
            ],
            options={
                'verbose_name': 'fonction du pôle',
                'verbose_name_plural': 'fonctions du pôle',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='governance_hubfunction_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='governance.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.person')),
                ('college', models.TextField(blank=True, verbose_name='collectif')),
                ('capacity', models.CharField(blank=True, max_length=300, verbose_name='qualité')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude')),
                ('start', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='début')),
                ('start_earliest', models.DateField(editable=False, null=True)),
                ('start_latest', models.DateField(editable=False, null=True)),
                ('end', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='fin')),
                ('end_earliest', models.DateField(editable=False, null=True)),
                ('end_latest', models.DateField(editable=False, null=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('start_earliest', None), ('end_latest', None), ('start_earliest__lte', models.F('end_latest')), _connector='OR'), name='governance_seat_start_end', violation_error_message='La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse.'), models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('person__isnull', False), models.Q(('college', ''), _negated=True), _connector='OR'), name='governance_seat_is_taken', violation_error_message='Un siège revient à une organisation, à une personne ou à un collectif.')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='governance.body')),
                ('sort', models.CharField(choices=[('fusionne_dans', 'a fusionné dans'), ('scinde_en', "s'est scindée et a donné"), ('renomme_en', 'a été renommée'), ('remplace_par', 'a été remplacée par'), ('donne_naissance_a', 'a donné naissance à')], max_length=20, verbose_name='type')),
                ('when', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='date')),
                ('when_earliest', models.DateField(editable=False, null=True)),
                ('when_latest', models.DateField(editable=False, null=True)),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
    ]
