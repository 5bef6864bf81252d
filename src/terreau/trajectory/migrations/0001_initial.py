import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('kernel', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IntensityLegend',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.source', verbose_name='source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
                ('levels', models.JSONField(blank=True, default=list, verbose_name='niveaux')),
            ],
            options={
                'verbose_name': "légende de l'intensité",
                'verbose_name_plural': "légendes de l'intensité",
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='trajectory_intensitylegend_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='IntensityPeriod',
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
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation', verbose_name='organisation qui intervient')),
                ('level', models.CharField(choices=[('legere', 'légère'), ('moderee', 'modérée'), ('soutenue', 'soutenue')], max_length=10, verbose_name='niveau')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude')),
                ('reason', models.TextField(blank=True, verbose_name='motif')),
            ],
            options={
                'verbose_name': "période d'intensité",
                'verbose_name_plural': "périodes d'intensité",
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='trajectory_intensityperiod_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('start_earliest', None), ('end_latest', None), ('start_earliest__lte', models.F('end_latest')), _connector='OR'), name='trajectory_intensityperiod_start_end', violation_error_message='La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse.'), models.CheckConstraint(condition=models.Q(('level__in', ['legere', 'moderee', 'soutenue'])), name='trajectory_intensity_level', violation_error_message="L'intensité est légère, modérée ou soutenue.")],
            },
        ),
        migrations.CreateModel(
            name='Phase',
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
                ('title', models.CharField(max_length=300, verbose_name='titre')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('is_off_print', models.BooleanField(default=False, verbose_name='hors de la frise imprimée')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='trajectory_phase_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('start_earliest', None), ('end_latest', None), ('start_earliest__lte', models.F('end_latest')), _connector='OR'), name='trajectory_phase_start_end', violation_error_message='La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse.')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
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
                ('precision', models.CharField(choices=[('exacte', 'date écrite dans la source'), ('approchee', 'date vague dans la source'), ('position_frise', 'placé entre deux années sur la frise imprimée'), ('deduite', 'date déduite du texte')], default='exacte', max_length=15, verbose_name='précision de la date')),
                ('title', models.CharField(max_length=300, verbose_name='titre')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('scale', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.scale', verbose_name='échelle')),
                ('lane', models.CharField(choices=[('politique_publique', 'Politique publique'), ('animation_apes', 'Animation territoriale'), ('acteurs', 'Acteurs')], max_length=20, verbose_name='piste')),
                ('nature', models.CharField(blank=True, choices=[('fondation', 'fondation'), ('fin', 'fin'), ('renommage', 'changement de nom'), ('fusion', 'fusion'), ('scission', 'scission'), ('reprise', "reprise d'activité"), ('labellisation', 'labellisation'), ('agrement', 'agrément'), ('plan', 'plan'), ('loi', 'loi'), ('dispositif', 'dispositif'), ('appel', 'appel à projets'), ('contrat', 'contrat'), ('financement', 'financement'), ('gouvernance', 'gouvernance'), ('deliberation', 'délibération'), ('election', 'élection'), ('passation', 'changement de personne'), ('passage_de_relais', 'passage de relais'), ('evenement', 'événement'), ('evenement_annule', 'événement annulé'), ('rencontre', 'rencontre'), ('visite', 'visite'), ('formation', 'formation'), ('outil', 'outil'), ('publication', 'publication'), ('etude', 'étude'), ('observation', 'observation'), ('resultat', 'résultat'), ('ouverture', "ouverture d'un lieu"), ('demenagement', 'déménagement'), ('echeance', 'échéance'), ('crise', 'crise'), ('autre', 'autre')], max_length=20, verbose_name='nature')),
                ('is_context', models.BooleanField(default=False, verbose_name='fait de contexte')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='trajectory.phase', verbose_name='phase')),
                ('actors', models.ManyToManyField(blank=True, related_name='+', to='directory.organisation', verbose_name='acteurs')),
            ],
            options={
                'verbose_name': 'jalon',
                'verbose_name_plural': 'jalons',
                'indexes': [models.Index(fields=['territory', 'when_earliest'], name='trajectory_milestone_when')],
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='trajectory_milestone_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(('when', ''), _negated=True), name='trajectory_milestone_is_dated', violation_error_message='Un jalon porte une date, même imprécise : « 2001~ », « 197X ».'), models.CheckConstraint(condition=models.Q(('lane__in', ['politique_publique', 'animation_apes', 'acteurs'])), name='trajectory_milestone_lane', violation_error_message="La piste d'un jalon est l'une des trois de la frise.")],
            },
        ),
    ]
