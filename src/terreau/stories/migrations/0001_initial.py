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
            name='Testimony',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('genre', models.CharField(choices=[('citation', 'citation'), ('edito', 'édito'), ('entretien', 'entretien'), ('prise_de_parole', 'prise de parole'), ('contribution', 'contribution écrite')], max_length=20, verbose_name='genre')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person', verbose_name='personne')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='testimonies', to='directory.organisation', verbose_name='organisation')),
                ('function', models.CharField(max_length=200, verbose_name='fonction')),
                ('said_on', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='date')),
                ('said_on_earliest', models.DateField(editable=False, null=True)),
                ('said_on_latest', models.DateField(editable=False, null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='testimonies', to='kernel.source', verbose_name='source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
                ('summary', models.TextField(help_text='Ce que la personne a dit, redit autrement : jamais ses mots exacts.', verbose_name='résumé')),
                ('cosigned_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='stories.testimony', verbose_name='cosigne')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('themes', models.ManyToManyField(blank=True, related_name='testimonies', to='territory.theme', verbose_name='thèmes')),
            ],
            options={
                'verbose_name': 'témoignage',
                'verbose_name_plural': 'témoignages',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='stories_testimony_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), _negated=True), models.Q(('function', ''), _negated=True)), name='stories_testimony_says_something', violation_error_message='Un témoignage a un résumé, et la qualité de qui parle.'), models.CheckConstraint(condition=models.Q(('cosigned_with', None), models.Q(('cosigned_with', models.F('id')), _negated=True), _connector='OR'), name='stories_testimony_cosigns_another', violation_error_message="Un témoignage ne se cosigne pas lui-même : désigner l'autre signature.")],
            },
        ),
    ]
